package dev.atelier.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.engine.image.codec.PictureMetadata;
import dev.atelier.local.LocalAtelier;
import dev.atelier.springai.AtelierImageModel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.ai.image.ImageModel;
import org.springframework.boot.DefaultApplicationArguments;

class DrawWithSpringAiTest {
    @TempDir
    private Path folder;

    @Test
    void itDrawsAndEdits() throws Exception {
        Path fox = folder.resolve("fox.png");
        Path night = folder.resolve("night.png");
        try (LocalAtelier local = LocalAtelier.open()) {
            ImageModel model = new AtelierImageModel(local);
            new DrawWithSpringAi()
                    .drawing(model)
                    .run(new DefaultApplicationArguments(
                            "a red fox in the snow", fox.toString(), "make it night", night.toString()));
        }
        assertThat(PictureMetadata.read(Files.readAllBytes(fox))).hasValueSatisfying(metadata -> {
            assertThat(metadata.prompt()).isEqualTo("a red fox in the snow");
            assertThat(metadata.sampling().seed()).isEqualTo(7);
        });
        assertThat(PictureMetadata.read(Files.readAllBytes(night)))
                .hasValueSatisfying(metadata -> assertThat(metadata.prompt()).isEqualTo("make it night"));
    }
}
