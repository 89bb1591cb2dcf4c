package dev.atelier.hub;

import dev.atelier.hub.HubException.Kind;
import dev.atelier.reason.ForeignContent;
import dev.atelier.reason.Reasons;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which files of a repository a pipeline needs: {@code model_index.json}, the component folders it names (configuration,
 * tokenizer, safetensors), the model card and the licence. Other formats of the same weights, single-file checkpoints at the
 * root and variants beside a plain file ({@code model.fp16.safetensors} next to {@code model.safetensors}) stay on the hub.
 */
final class FileSelection {
    static final String INDEX = "model_index.json";

    private static final int MAX_INDEX_BYTES = 1 << 20;
    private static final Pattern COMPONENT = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");
    private static final Pattern CARD = Pattern.compile("(?i)README\\.md|(?:LICENSE|LICENCE|NOTICE)[^/]{0,40}");
    private static final Pattern SMALL = Pattern.compile("[^/]+\\.(?:json|jinja|txt|model)");
    private static final String WEIGHTS = ".safetensors";
    private static final String GGUF = ".gguf";
    private static final int MOST_NAMED = 12;
    private static final String SHARDS = ".safetensors.index.json";
    private static final Pattern SHARD = Pattern.compile("(.+)-\\d{5}-of-\\d{5}\\.safetensors");

    private FileSelection() {}

    /**
     * The component folders that a {@code model_index.json} names.
     *
     * @throws HubException when it cannot be read or names something that is no folder
     */
    static Set<String> components(Path index) {
        try {
            if (Files.size(index) > MAX_INDEX_BYTES) {
                throw new HubException(Kind.CORRUPT, INDEX + ": larger than " + MAX_INDEX_BYTES + " bytes");
            }
            byte[] bytes = Files.readAllBytes(index);
            ForeignContent.of(bytes, "the list of components").ifPresent(kind -> {
                throw new HubException(Kind.CORRUPT, INDEX + " is " + kind);
            });
            JsonNode root = JsonMapper.shared().readTree(bytes);
            Set<String> components = new LinkedHashSet<>();
            for (Map.Entry<String, JsonNode> entry : root.properties()) {
                JsonNode value = entry.getValue();
                boolean present =
                        value.isArray() && value.size() == 2 && value.get(1).isString();
                if (present && !COMPONENT.matcher(entry.getKey()).matches()) {
                    throw new HubException(
                            Kind.CORRUPT,
                            INDEX + ": '" + RemoteFile.printable(entry.getKey())
                                    + "' is no name of a component folder");
                }
                if (present) {
                    components.add(entry.getKey());
                }
            }
            if (components.isEmpty()) {
                throw new HubException(Kind.CORRUPT, INDEX + ": names no component");
            }
            return components;
        } catch (JacksonException e) {
            throw new HubException(Kind.CORRUPT, INDEX + ": is not JSON: " + Reasons.of(e), e);
        } catch (IOException e) {
            throw new HubException(Kind.DISK, index + " cannot be read", e);
        }
    }

    /** The files of {@code all} that a pipeline of these components needs, the index first. */
    static List<RemoteFile> needed(List<RemoteFile> all, Set<String> components) {
        Map<String, List<RemoteFile>> folders = new TreeMap<>();
        List<RemoteFile> selected = new ArrayList<>();
        for (RemoteFile file : all) {
            String[] parts = file.path().split("/");
            if (file.path().equals(INDEX)) {
                selected.addFirst(file);
            } else if (parts.length == 1 && CARD.matcher(file.path()).matches()) {
                selected.add(file);
            } else if (parts.length == 2 && components.contains(parts[0])) {
                folders.computeIfAbsent(parts[0], _ -> new ArrayList<>()).add(file);
            }
        }
        folders.values().forEach(folder -> selected.addAll(ofComponent(folder)));
        return selected;
    }

    /** The files of weights among {@code all}, for a message; empty when there are none. */
    static String weightsAmong(List<RemoteFile> all) {
        List<String> weights = all.stream()
                .map(RemoteFile::path)
                .filter(path -> path.endsWith(WEIGHTS) || path.endsWith(GGUF))
                .toList();
        if (weights.isEmpty()) {
            return "";
        }
        String shown = weights.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
        return " (there: " + shown + (weights.size() > MOST_NAMED ? ", …" : "") + ")";
    }

    private static List<RemoteFile> ofComponent(List<RemoteFile> folder) {
        Set<String> stems = new LinkedHashSet<>();
        folder.forEach(file -> stems.add(stem(name(file))));
        stems.remove("");
        boolean plain = stems.stream().anyMatch(stem -> !stem.contains("."));
        List<RemoteFile> selected = new ArrayList<>();
        for (RemoteFile file : folder) {
            String name = name(file);
            String stem = stem(name);
            if (stem.isEmpty()) {
                // diffusers names a variant's index model.safetensors.index.fp16.json.
                if (SMALL.matcher(name).matches() && !name.contains(".index.")) {
                    selected.add(file);
                }
            } else if (!(plain && stem.contains(".")) && !(isSharded(name) && hasSingle(folder, stem))) {
                selected.add(file);
            }
        }
        return selected;
    }

    private static boolean isSharded(String name) {
        return name.endsWith(SHARDS) || SHARD.matcher(name).matches();
    }

    private static boolean hasSingle(List<RemoteFile> folder, String stem) {
        return folder.stream().anyMatch(file -> name(file).equals(stem + WEIGHTS));
    }

    /** {@code model} of {@code model.safetensors}, of its shards and of their index; empty for other files. */
    private static String stem(String name) {
        if (name.endsWith(SHARDS)) {
            return name.substring(0, name.length() - SHARDS.length());
        }
        var shard = SHARD.matcher(name);
        if (shard.matches()) {
            return shard.group(1);
        }
        return name.endsWith(WEIGHTS) ? name.substring(0, name.length() - WEIGHTS.length()) : "";
    }

    private static String name(RemoteFile file) {
        return file.path().substring(file.path().lastIndexOf('/') + 1);
    }
}
