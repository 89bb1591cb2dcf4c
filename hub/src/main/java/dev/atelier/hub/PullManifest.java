package dev.atelier.hub;

import dev.atelier.hub.HubException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a pull left in a folder, kept in {@value #NAME} there: written with {@code complete = false} before the first file
 * changes and with {@code true} after the last one is verified, so that a half folder never looks whole.
 *
 * @param files what belongs to the model; while incomplete, also what an earlier revision left
 * @param finishedAt ISO-8601; empty while incomplete
 */
record PullManifest(
        boolean complete, String repository, String revision, String commit, List<Entry> files, String finishedAt) {
    static final String NAME = ".atelier-pull.json";

    private static final int MAX_BYTES = 16 << 20;
    private static final Pattern WEIGHTS =
            Pattern.compile("[^/]+/[^/]+\\.(safetensors|gguf|safetensors\\.index\\.json)");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** A verified file. */
    record Entry(String path, long size, String checksum) {
        static Entry of(RemoteFile file) {
            return new Entry(file.path(), file.size(), file.checksum().hex());
        }
    }

    PullManifest {
        files = files == null ? List.of() : List.copyOf(files);
    }

    /** The manifest in {@code folder}; empty when no pull ever wrote there. */
    static Optional<PullManifest> read(Path folder) {
        Path file = folder.resolve(NAME);
        try {
            if (!Files.isRegularFile(file)) {
                return Optional.empty();
            }
            if (Files.size(file) > MAX_BYTES) {
                throw new HubException(Kind.INCOMPLETE, file + ": larger than " + MAX_BYTES + " bytes; delete it");
            }
            return Optional.of(JSON.readValue(Files.readAllBytes(file), PullManifest.class));
        } catch (JacksonException e) {
            throw new HubException(Kind.INCOMPLETE, file + " is damaged; delete it and pull the model again", e);
        } catch (IOException e) {
            throw new HubException(Kind.DISK, file + " cannot be read", e);
        }
    }

    void write(Path folder) {
        Path target = folder.resolve(NAME);
        Path part = folder.resolve(NAME + PartFile.SUFFIX);
        try {
            Files.createDirectories(folder);
            Files.write(part, JSON.writeValueAsBytes(this));
            Disk.publish(part, target);
        } catch (IOException e) {
            throw Disk.failure(target, e);
        }
    }

    /** Whether the pull was finished and every file is still there in its full size, or others' weights stand in the place of these. */
    boolean isWhole(Path folder) {
        return complete && files.stream().allMatch(entry -> hasSize(folder, entry) || isReplaced(folder, entry));
    }

    /** Whether {@code entry} is of weights that are gone, and a file of weights that no pull brought lies where they were. */
    private boolean isReplaced(Path folder, Entry entry) {
        if (!WEIGHTS.matcher(entry.path()).matches() || Files.exists(RemoteFile.resolve(folder, entry.path()))) {
            return false;
        }
        try (Stream<Path> beside =
                Files.list(RemoteFile.resolve(folder, entry.path()).getParent())) {
            return beside.map(file -> folder.toAbsolutePath()
                            .normalize()
                            .relativize(file)
                            .toString()
                            .replace('\\', '/'))
                    .filter(path -> WEIGHTS.matcher(path).matches())
                    .anyMatch(path -> files.stream().noneMatch(own -> own.path().equals(path)));
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean hasSize(Path folder, Entry entry) {
        try {
            Path file = RemoteFile.resolve(folder, entry.path());
            return Files.isRegularFile(file) && Files.size(file) == entry.size();
        } catch (IOException e) {
            return false;
        }
    }
}
