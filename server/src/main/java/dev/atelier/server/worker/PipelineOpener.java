package dev.atelier.server.worker;

import dev.atelier.engine.pipeline.EngineOptions;
import dev.atelier.engine.pipeline.ImagePipeline;
import java.nio.file.Path;

/** Loads a model folder. */
@FunctionalInterface
public interface PipelineOpener {
    /**
     * @throws RuntimeException naming what is wrong with the folder
     */
    ImagePipeline open(Path folder, EngineOptions options);
}
