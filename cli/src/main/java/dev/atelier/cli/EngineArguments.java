package dev.atelier.cli;

import dev.atelier.cli.Converters.DeviceValue;
import dev.atelier.cli.Converters.LoraValue;
import dev.atelier.cli.Converters.PrecisionValue;
import dev.atelier.cli.Failures.UsageException;
import dev.atelier.engine.nn.Precision;
import dev.atelier.engine.pipeline.EngineOptions;
import dev.atelier.engine.pipeline.EngineOptions.Lora;
import dev.atelier.engine.pipeline.ImagePipeline;
import dev.atelier.engine.tensor.Device;
import dev.atelier.models.EmbeddedModels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which model is loaded, and how. */
final class EngineArguments {
    private static final int MAX_THREADS = 1024;

    @Option(
            names = {"-m", "--model"},
            paramLabel = "DIR|NAME",
            order = 80,
            description =
                    "Model folder, or name of a model that 'atelier models' lists (default: ATELIER_MODEL, else the built-in one).")
    private String model = "";

    @Option(
            names = "--precision",
            paramLabel = "stored|fp32|int8",
            order = 81,
            converter = PrecisionValue.class,
            description = "How weights are kept and multiplied (default: stored).")
    private Precision precision = Precision.STORED;

    @Option(
            names = "--device",
            paramLabel = "cpu|cuda:N",
            order = 82,
            converter = DeviceValue.class,
            description = "Where the model runs (default: cpu).")
    private Device device = Device.CPU;

    @Option(names = "--threads", paramLabel = "N", order = 83, description = "Threads on the CPU (default: all cores).")
    private int threads;

    @Option(
            names = "--lora",
            paramLabel = "FILE[:SCALE]",
            order = 84,
            converter = LoraValue.class,
            description = "Low-rank adapter to add, with its factor (default: 1). Repeatable.")
    private List<Lora> loras = new ArrayList<>();

    @Mixin
    private ModelFolderOptions models;

    ImagePipeline open(Environment environment) {
        Path folder = modelFolder(environment);
        return environment.pipelines().open(folder, options(environment));
    }

    Path modelFolder(Environment environment) {
        String named = model.isEmpty() ? environment.variables().getOrDefault("ATELIER_MODEL", "") : model;
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

    EngineOptions options(Environment environment) {
        if (threads < 0 || threads > MAX_THREADS) {
            throw new UsageException("--threads: " + threads + " is not in 0 to " + MAX_THREADS);
        }
        for (Lora lora : loras) {
            if (!Files.isRegularFile(lora.file())) {
                throw new UsageException("--lora: " + lora.file() + " is no file");
            }
        }
        return new EngineOptions(device, precision, threads, loras, environment.dataFolder());
    }
}
