package dev.atelier.engine.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Whole model folders with random weights that load in a moment: the parity folders, told which layers their text encoder is tapped at. */
public final class TinyModels {
    private TinyModels() {}

    /** A distilled model of 8x8 pixels a token that makes 64x64 pictures in 2 steps. @param target an empty folder */
    public static Path distilled(Path target) {
        return copy("klein-small", target, "[1, 3, 5]", 2);
    }

    /** A model with classifier-free guidance, bf16 shards, 16x16 pixels a token. @param target an empty folder */
    public static Path base(Path target) {
        return copy("base-small", target, "[1, 2, 3]", 3);
    }

    private static Path copy(String name, Path target, String layers, int steps) {
        Path source = resource(name);
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.toList()) {
                Path to = target.resolve(source.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(to);
                } else if (file.getParent().equals(source)) {
                    if (file.getFileName().toString().equals("model_index.json")) {
                        Files.copy(file, to);
                    }
                } else {
                    Files.copy(file, to);
                }
            }
            JsonMapper json = JsonMapper.builder().build();
            Path index = target.resolve("model_index.json");
            ObjectNode node = (ObjectNode) json.readTree(Files.readString(index));
            node.set("text_encoder_out_layers", json.readTree(layers));
            node.put("max_sequence_length", 48);
            node.put("default_size", 64);
            node.put("default_steps", steps);
            Files.writeString(index, json.writerWithDefaultPrettyPrinter().writeValueAsString(node));
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The parity folder of that name. */
    static Path resource(String name) {
        try {
            return Path.of(TinyModels.class.getResource("/parity/" + name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
