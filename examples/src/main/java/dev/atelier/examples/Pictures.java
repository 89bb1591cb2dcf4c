package dev.atelier.examples;

import dev.atelier.engine.image.PictureSize;
import dev.atelier.engine.image.codec.PictureFormat;
import dev.atelier.engine.image.codec.PictureMetadata;
import dev.atelier.engine.image.codec.PictureWriter;
import dev.atelier.engine.pipeline.GeneratedImage;
import dev.atelier.engine.pipeline.ImagePipeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Saves what a pipeline made. */
final class Pictures {
    private Pictures() {}

    /** Writes a PNG that carries the prompt, seed and settings that make the same picture again. */
    static void save(GeneratedImage image, ImagePipeline pipeline, Path file) throws IOException {
        PictureMetadata metadata = new PictureMetadata(
                "Atelier examples",
                pipeline.info().name(),
                image.prompt(),
                "",
                new PictureMetadata.Sampling(image.seed(), image.steps(), image.guidanceScale()),
                PictureSize.of(image.picture()),
                Map.of());
        Files.write(file, PictureWriter.write(image.picture(), PictureFormat.PNG, metadata));
    }
}
