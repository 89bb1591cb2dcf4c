package dev.atelier.cli;

import dev.atelier.engine.generation.Flux2Pipeline;
import dev.atelier.engine.nn.Precision;
import dev.atelier.engine.pipeline.Cancellation;
import dev.atelier.engine.pipeline.EngineOptions;
import dev.atelier.engine.pipeline.GenerationListener;
import dev.atelier.engine.pipeline.ImagePipeline;
import dev.atelier.engine.pipeline.ImageRequest;
import dev.atelier.engine.tensor.Device;
import dev.atelier.models.EmbeddedModels;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;

/**
 * {@code atelier warm-up}: unpacks the native libraries, and makes a small picture where a model is built in. The launcher runs it
 * once under a lock, because several processes that unpack at the same time crash each other, and keeps the classes it loaded.
 */
@Command(name = "warm-up", hidden = true, description = "Unpack the native libraries and end.")
final class WarmUpCommand implements Runnable {
    private static final int SIDE = 64;

    private final Environment environment;

    WarmUpCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void run() {
        Flux2Pipeline.loadLibraries();
        EmbeddedModels embedded = new EmbeddedModels();
        if (!embedded.has(EmbeddedModels.DEFAULT)) {
            return;
        }
        Path data = environment.dataFolder();
        Path folder = embedded.folder(EmbeddedModels.DEFAULT, data.resolve("embedded"));
        EngineOptions options = new EngineOptions(Device.CPU, Precision.STORED, 0, 0, List.of(), data);
        try (ImagePipeline pipeline = environment.pipelines().open(folder, options)) {
            ImageRequest request = ImageRequest.of("a fox", 1).toBuilder()
                    .size(SIDE, SIDE)
                    .steps(1)
                    .build();
            pipeline.generate(request, GenerationListener.NONE, Cancellation.none());
        }
    }
}
