package dev.atelier.cli;

import dev.atelier.cli.Converters.DeviceValue;
import dev.atelier.cli.Converters.PrecisionValue;
import dev.atelier.cli.Failures.UsageException;
import dev.atelier.engine.nn.Precision;
import dev.atelier.engine.tensor.Device;
import dev.atelier.models.EmbeddedModels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which model stands behind the names of a service. */
final class ServedModel {
    @Option(
            names = {"-m", "--model"},
            paramLabel = "DIR|NAME",
            order = 20,
            description =
                    "Model folder, or name of a model that 'atelier models' lists, behind every name of Atelier's catalog"
                            + " (atelier.model; default: ATELIER_MODEL, else the built-in one).")
    private String model = "";

    @Option(
            names = "--precision",
            paramLabel = "stored|fp32|int8",
            order = 21,
            converter = PrecisionValue.class,
            description = "How that model's weights are kept and multiplied (atelier.precision, default: stored).")
    private Precision precision;

    @Option(
            names = "--device",
            paramLabel = "cpu|cuda:N",
            order = 22,
            converter = DeviceValue.class,
            description = "Where that model runs (atelier.device, default: cpu).")
    private Device device;

    @Option(
            names = "--catalog",
            paramLabel = "FILE",
            order = 23,
            description = "Catalog of several models and their names, instead of --model (atelier.catalog).")
    private Path catalog;

    @Mixin
    private ModelFolderOptions models;

    /**
     * As properties of the service, in the form of its command line.
     *
     * @throws UsageException when they contradict each other, or a model is not there
     */
    List<String> properties(Environment environment) {
        String named = model.isEmpty() ? environment.variables().getOrDefault("ATELIER_MODEL", "") : model;
        if (catalog != null) {
            if (!model.isEmpty() || precision != null || device != null) {
                throw new UsageException(
                        "--catalog: says itself which models there are, how and where; leave out --model, --precision and --device");
            }
            return List.of("--atelier.catalog=" + ServiceArguments.file("--catalog", catalog));
        }
        List<String> properties = new ArrayList<>();
        if (!named.isEmpty() && !new EmbeddedModels().has(named)) {
            properties.add("--atelier.model=" + models.store(environment).resolve(named));
        }
        if (precision != null) {
            properties.add("--atelier.precision=" + precision.label());
        }
        if (device != null) {
            properties.add("--atelier.device=" + device);
        }
        return properties;
    }
}
