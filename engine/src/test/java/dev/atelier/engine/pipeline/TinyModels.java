package dev.atelier.engine.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Whole model folders with random weights that load in a moment: the parity folders, with the hidden layers named that their prompt embeddings are made of. */
public final class TinyModels {
    private TinyModels() {}

    /** A distilled model of 8x8 pixels a token that makes 64x64 pictures in 2 steps. @param target an empty folder */
    public static Path distilled(Path target) {
        return model("klein-small", target, List.of(1, 3, 5), 2);
    }

    /** A model with classifier-free guidance, bf16 shards, 16x16 pixels a token. @param target an empty folder */
    public static Path base(Path target) {
        return model("base-small", target, List.of(1, 2, 3), 3);
    }

    /** {@link #distilled} that draws 64x64 only, and enlarges and refines for everything larger. @param target an empty folder */
    public static Path smallSizesOnly(Path target, double refinementNoise) {
        Path folder = distilled(target);
        edit(folder, node -> node.put("min_size", 64).put("max_size", 64).put("refinement_noise", refinementNoise));
        return folder;
    }

    /** A parity folder with its cases. @param name {@code klein-small} or {@code base-small} @param target an empty folder */
    public static Path parity(String name, Path target) {
        return copy(name, target, _ -> true);
    }

    private static void edit(Path folder, Consumer<ObjectNode> change) {
        JsonMapper json = JsonMapper.builder().build();
        Path index = folder.resolve("model_index.json");
        try {
            ObjectNode node = (ObjectNode) json.readTree(Files.readString(index));
            change.accept(node);
            Files.writeString(index, json.writerWithDefaultPrettyPrinter().writeValueAsString(node));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path model(String name, Path target, List<Integer> layers, int steps) {
        copy(name, target, file -> file.getNameCount() > 1 || file.endsWith("model_index.json"));
        edit(target, node -> {
            node.putPOJO("text_encoder_out_layers", layers);
            node.put("max_sequence_length", 48).put("default_size", 64).put("default_steps", steps);
        });
        return target;
    }

    /** @param wanted which files, by their paths in the folder */
    private static Path copy(String name, Path target, Predicate<Path> wanted) {
        Path source = resource(name);
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path inside = source.relativize(file);
                if (wanted.test(inside)) {
                    Path to = target.resolve(inside.toString());
                    Files.createDirectories(to.getParent());
                    Files.copy(file, to);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return target;
    }

    /** The parity folder of that name, in a folder of classes or in the jar that a whole build makes of them. */
    static synchronized Path resource(String name) {
        try {
            URI uri = TinyModels.class.getResource("/parity/" + name).toURI();
            if (uri.getScheme().equals("jar")) {
                open(uri);
            }
            return Path.of(uri);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Opens the jar once; it stays open as long as the tests run. */
    private static void open(URI uri) throws IOException {
        try {
            FileSystems.getFileSystem(uri);
        } catch (FileSystemNotFoundException e) {
            FileSystems.newFileSystem(uri, Map.of());
        }
    }
}
