package dev.atelier.examples;

import dev.atelier.engine.generation.Flux2Pipeline;
import dev.atelier.engine.pipeline.AtelierHome;
import dev.atelier.engine.pipeline.Cancellation;
import dev.atelier.engine.pipeline.EngineOptions;
import dev.atelier.engine.pipeline.GeneratedImage;
import dev.atelier.engine.pipeline.GenerationListener;
import dev.atelier.engine.pipeline.ImagePipeline;
import dev.atelier.engine.pipeline.ImageRequest;
import dev.atelier.engine.pipeline.SequenceRequest;
import dev.atelier.models.EmbeddedModels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Draws pictures that belong together: {@code DrawSequence FOLDER PROMPT...}. */
public final class DrawSequence {
    private DrawSequence() {}

    public static void main(String... args) throws IOException {
        Path folder = Files.createDirectories(Path.of(args[0]));
        List<String> prompts = Arrays.asList(args).subList(1, args.length);
        List<SequenceRequest.Shot> shots = IntStream.range(0, prompts.size())
                .mapToObj(i -> new SequenceRequest.Shot(prompts.get(i), 7 + i))
                .toList();
        // Size, steps and references of every shot; here the model's defaults and none.
        ImageRequest template = ImageRequest.of("", 0);
        Path model = new EmbeddedModels()
                .folder(EmbeddedModels.DEFAULT, AtelierHome.ofProcess().resolve("embedded"));
        try (ImagePipeline pipeline = Flux2Pipeline.open(model, EngineOptions.defaults())) {
            GenerationListener saving = new GenerationListener() {
                @Override
                public void onImage(GeneratedImage image) {
                    try {
                        Pictures.save(image, pipeline, folder.resolve("shot-" + (image.index() + 1) + ".png"));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
            };
            pipeline.generateSequence(new SequenceRequest(shots, template, List.of()), saving, Cancellation.none());
        }
    }
}
