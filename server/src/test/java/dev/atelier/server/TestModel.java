package dev.atelier.server;

import dev.atelier.models.EmbeddedModels;
import dev.atelier.prompt.words.Vocabulary;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The catalog of Atelier with the engine's small random model behind every name. */
public final class TestModel {
    private static final Path PARITY = Path.of("..", "engine", "src", "test", "resources", "parity", "klein-small")
            .toAbsolutePath()
            .normalize();

    private TestModel() {}

    /** A catalog file in {@code folder}, with the model's folder beside it. */
    public static Path catalog(Path folder) {
        try {
            String shipped = Files.readString(Path.of("src", "main", "resources", "atelier", "catalog.yaml"));
            String changed = shipped.replace("source: embedded:seedling-1", "source: \"folder:" + model(folder) + "\"")
                    .replace("size: 512", "size: 256");
            return Files.writeString(folder.resolve("catalog.yaml"), changed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The words of the embedded model; six text layers instead of klein's 28, so others are tapped; 256 pixels, so that a picture takes no time. */
    private static Path model(Path folder) throws IOException {
        Path model = Files.createDirectories(folder.resolve("klein-small"));
        for (String part : List.of("scheduler", "text_encoder", "tokenizer", "transformer", "vae")) {
            Path link = model.resolve(part);
            if (Files.notExists(link)) {
                Files.createSymbolicLink(link, PARITY.resolve(part));
            }
        }
        Path words = model.resolve(Vocabulary.FILE);
        if (Files.notExists(words)) {
            try (InputStream shipped = EmbeddedModels.class.getResourceAsStream("seedling-1/" + Vocabulary.FILE)) {
                Files.copy(shipped, words);
            }
        }
        String index = Files.readString(PARITY.resolve("model_index.json"));
        Files.writeString(model.resolve("model_index.json"), index.replace("\"is_distilled\": true,", """
                        "is_distilled": true,
                          "text_encoder_out_layers": [1, 3, 5],
                          "max_sequence_length": 48,
                          "default_size": 256,"""));
        return model;
    }
}
