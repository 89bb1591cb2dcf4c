package dev.atelier.cli;

import dev.atelier.hub.ModelStore;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where models are kept. */
final class ModelFolderOptions {
    @Option(
            names = "--models-dir",
            paramLabel = "DIR",
            order = 90,
            description = "Where models are kept (default: ATELIER_HOME/models, ~/.cache/atelier/models).")
    private Path modelsDir;

    Path folder(Environment environment) {
        return modelsDir != null ? modelsDir : environment.dataFolder().resolve("models");
    }

    ModelStore store(Environment environment) {
        return new ModelStore(folder(environment));
    }
}
