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
import java.util.List;

/** Draws with an adapter that 'atelier lora' or another trainer wrote: {@code DrawWithLora ADAPTER PROMPT FILE [SCALE]}. */
public final class DrawWithLora {
    private DrawWithLora() {}

    public static void main(String... args) throws IOException {
        double scale = args.length > 3 ? Double.parseDouble(args[3]) : 1;
        EngineOptions options =
                EngineOptions.defaults().withLoras(List.of(new EngineOptions.Lora(Path.of(args[0]), scale)));
        Path model = new EmbeddedModels()
                .folder(EmbeddedModels.DEFAULT, AtelierHome.ofProcess().resolve("embedded"));
        try (ImagePipeline pipeline = Flux2Pipeline.open(model, options)) {
            GeneratedImage image =
                    pipeline.generate(ImageRequest.of(args[1], 7)).getFirst();
            Pictures.save(image, pipeline, Path.of(args[2]));
        }
    }
}
