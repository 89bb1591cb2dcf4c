package dev.atelier.engine.weights;

import dev.atelier.engine.tensor.EngineException;
import dev.atelier.reason.Reasons;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which file holds a component's weights: {@code STEM.safetensors} as diffusers writes it; else the only GGUF or safetensors of the component's
 * folder, whatever its name; of a transformer that has no file there, else the only one beside that folder.
 */
final class WeightFiles {
    private static final Pattern WEIGHTS = Pattern.compile(".+\\.(safetensors|bin|pt|pth|ckpt|gguf|msgpack|h5|onnx)");
    private static final Pattern SHARD = Pattern.compile(".+-\\d{5}-of-\\d{5}\\.(safetensors|gguf)");
    private static final String TRANSFORMER = "transformer";
    private static final String SAFETENSORS = ".safetensors";

    private WeightFiles() {}

    /** The file, as {@code STEM.safetensors} or another. @param notes hears of what is left aside @throws EngineException when there is none, or more than one could be meant */
    static Path find(Path folder, String stem, Consumer<String> notes) {
        Path standard = folder.resolve(stem + SAFETENSORS);
        if (Files.exists(standard)) {
            List<Path> others = candidates(folder, stem);
            if (!others.isEmpty()) {
                notes.accept(standard + ": " + names(others) + " beside it is not read");
            }
            return standard;
        }
        return other(folder, stem).orElseThrow(() -> missing(standard));
    }

    /** The file where it is not {@code STEM.safetensors} and there are no shards. @throws EngineException when more than one could be meant */
    static Optional<Path> other(Path folder, String stem) {
        if (Files.exists(folder.resolve(stem + SAFETENSORS)) || Files.exists(index(folder, stem))) {
            return Optional.empty();
        }
        List<Path> inside = candidates(folder, stem);
        Path name = folder.getFileName();
        if (inside.isEmpty() && name != null && name.toString().equals(TRANSFORMER)) {
            inside = candidates(folder.toAbsolutePath().getParent(), stem);
        }
        if (inside.size() > 1) {
            throw new EngineException(inside.getFirst().getParent() + ": " + names(inside)
                    + ": which of them the weights are in cannot be told; leave one");
        }
        return inside.stream().findFirst();
    }

    static Path index(Path folder, String stem) {
        return folder.resolve(stem + SAFETENSORS + ".index.json");
    }

    static boolean isGguf(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(GgufFile.SUFFIX);
    }

    /** Opens a file by its name's ending. */
    static TensorFile open(Path file) {
        return isGguf(file) ? GgufFile.open(file) : SafetensorsFile.openStored(file);
    }

    private static List<Path> candidates(Path folder, String stem) {
        return list(folder).stream()
                .filter(path -> {
                    String name = path.getFileName().toString();
                    // A variant, as model.fp16.safetensors, stands beside what it is a variant of.
                    boolean variant = name.startsWith(stem + ".") && name.endsWith(SAFETENSORS);
                    return (isGguf(path) || name.endsWith(SAFETENSORS))
                            && !name.startsWith(".")
                            && !variant
                            && !SHARD.matcher(name).matches();
                })
                .toList();
    }

    private static List<Path> list(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new EngineException(folder + ": cannot be read: " + Reasons.of(e), e);
        }
    }

    private static String names(List<Path> files) {
        return files.stream()
                .limit(3)
                .map(path -> path.getFileName().toString())
                .collect(Collectors.joining(", "));
    }

    /** Where weights are missing, those of another format or variant are often beside. */
    private static EngineException missing(Path standard) {
        List<Path> others = list(standard.getParent()).stream()
                .filter(path -> WEIGHTS.matcher(path.getFileName().toString()).matches())
                .toList();
        return new EngineException(standard + ": there is no such file"
                + (others.isEmpty()
                        ? ""
                        : "; beside it: " + names(others)
                                + ", which is not read in its place (only safetensors of this name, or one GGUF or"
                                + " safetensors file, are)"));
    }
}
