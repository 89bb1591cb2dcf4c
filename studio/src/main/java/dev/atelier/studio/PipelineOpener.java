package dev.atelier.studio;

import dev.atelier.engine.generation.Flux2Pipeline;
import dev.atelier.engine.pipeline.EngineOptions;
import dev.atelier.engine.pipeline.ImagePipeline;
import java.nio.file.Path;

/** Loads a model folder. */
@FunctionalInterface
public interface PipelineOpener {
    /** @throws RuntimeException naming what is wrong with the folder or the device */
    ImagePipeline open(Path folder, EngineOptions options);

    /** Opens with the engine, whose classes are loaded by the first call only. */
    static PipelineOpener ofEngine() {
        return (folder, options) -> {
            options.device().requireAvailable();
            return Flux2Pipeline.open(folder, options);
        };
    }
}
