package dev.atelier.cli;

import dev.atelier.cli.Converters.LoraValue;
import dev.atelier.cli.Converters.PrecisionValue;
import dev.atelier.cli.Failures.UsageException;
import dev.atelier.engine.nn.Precision;
import dev.atelier.engine.pipeline.EngineOptions;
import dev.atelier.engine.pipeline.EngineOptions.Lora;
import dev.atelier.engine.pipeline.ImagePipeline;
import dev.atelier.engine.tensor.Device;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which model is loaded, and how. */
final class EngineArguments {
    @Mixin
    private ModelArguments model;

    @Mixin
    private DeviceArguments machine;

    @Option(
            names = "--precision",
            paramLabel = "stored|fp32|int8",
            order = 81,
            converter = PrecisionValue.class,
            description = "How weights are kept and multiplied (default: stored).")
    private Precision precision = Precision.STORED;

    @Option(
            names = "--lora",
            paramLabel = "FILE[:SCALE]",
            order = 84,
            converter = LoraValue.class,
            description = "Low-rank adapter to add, with its factor (default: 1). Repeatable.")
    private List<Lora> loras = new ArrayList<>();

    /** Where models run. */
    Device device() {
        return machine.device();
    }

    ImagePipeline open(Environment environment) {
        Path folder = modelFolder(environment);
        return environment.pipelines().open(folder, options(environment));
    }

    Path modelFolder(Environment environment) {
        return model.folder(environment);
    }

    /** @param named a folder or name that goes before {@code --model}; empty: none */
    Path modelFolder(Environment environment, String named) {
        return named.isEmpty() ? model.folder(environment) : model.folder(environment, named);
    }

    EngineOptions options(Environment environment) {
        for (Lora lora : loras) {
            if (!Files.isRegularFile(lora.file())) {
                throw new UsageException("--lora: " + lora.file() + " is no file");
            }
        }
        return new EngineOptions(machine.device(), precision, machine.threads(), 0, loras, environment.dataFolder());
    }
}
