package dev.atelier.cli;

import dev.atelier.cli.Failures.UsageException;
import dev.atelier.models.EmbeddedModels;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which model. */
final class ModelArguments {
    @Option(
            names = {"-m", "--model"},
            paramLabel = "DIR|NAME",
            order = 80,
            description =
                    "Model folder, or name of a model that 'atelier models' lists (default: ATELIER_MODEL, else the built-in one).")
    private String model = "";

    @Mixin
    private ModelFolderOptions models;

    Path folder(Environment environment) {
        return folder(environment, model.isEmpty() ? environment.variables().getOrDefault("ATELIER_MODEL", "") : model);
    }

    /** @param named a folder or the name of a model; empty: the built-in one */
    Path folder(Environment environment, String named) {
        return folder(environment, models, named);
    }

    static Path folder(Environment environment, ModelFolderOptions models, String named) {
        String name = named.isEmpty() ? EmbeddedModels.DEFAULT : named;
        EmbeddedModels embedded = new EmbeddedModels();
        if (embedded.has(name)) {
            return embedded.folder(name, environment.dataFolder().resolve("embedded"));
        }
        if (named.isEmpty()) {
            throw new UsageException("--model: give a model folder or one of the names that 'atelier models' lists");
        }
        return models.store(environment).resolve(name);
    }
}
