package dev.atelier.cli;

import dev.atelier.engine.generation.Flux2Pipeline;
import dev.atelier.engine.pipeline.EngineOptions;
import dev.atelier.engine.pipeline.ImagePipeline;
import java.nio.file.Path;

/** The engine's pipelines, in a class of their own so that commands without pictures do not load the engine. */
final class Pipelines {
    private Pipelines() {}

    static ImagePipeline open(Path folder, EngineOptions options) {
        options.device().requireAvailable();
        return Flux2Pipeline.open(folder, options);
    }
}
