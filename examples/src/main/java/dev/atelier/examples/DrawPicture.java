package dev.atelier.examples;

import dev.atelier.engine.generation.Flux2Pipeline;
import dev.atelier.engine.pipeline.AtelierHome;
import dev.atelier.engine.pipeline.EngineOptions;
import dev.atelier.engine.pipeline.GeneratedImage;
import dev.atelier.engine.pipeline.ImagePipeline;
import dev.atelier.engine.pipeline.ImageRequest;
import dev.atelier.models.EmbeddedModels;
import java.io.IOException;
import java.nio.file.Path;

/** Draws one picture in this process: {@code DrawPicture PROMPT FILE}. */
public final class DrawPicture {
    private DrawPicture() {}

    public static void main(String... args) throws IOException {
        String prompt = args[0];
        Path file = Path.of(args[1]);
        // Or any folder in the layout of Hugging Face, such as one that 'atelier pull' fetched.
        Path model = new EmbeddedModels()
                .folder(EmbeddedModels.DEFAULT, AtelierHome.ofProcess().resolve("embedded"));
        try (ImagePipeline pipeline = Flux2Pipeline.open(model, EngineOptions.defaults())) {
            GeneratedImage image = pipeline.generate(ImageRequest.of(prompt, 7)).getFirst();
            Pictures.save(image, pipeline, file);
        }
    }
}
