package dev.atelier.training.preference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.engine.tensor.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MergedModelTest {
    @TempDir
    private Path folder;

    /** Copied with the rest, its weights would stay as they were without a word. */
    @Test
    void aTransformerInAGgufIsRefusedBeforeAnythingIsCopied() throws IOException {
        Path transformer = Files.createDirectories(folder.resolve("model/transformer"));
        Files.writeString(transformer.resolve("klein.gguf"), "GGUF");
        Path merged = folder.resolve("merged");

        assertThatThrownBy(() -> MergedModel.write(folder.resolve("model"), merged, null))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("transformer")
                .hasMessageContaining("atelier convert");
        assertThat(merged).doesNotExist();
    }
}
