package dev.atelier.engine.pipeline;

import dev.atelier.engine.nn.Precision;
import dev.atelier.engine.tensor.Device;
import java.nio.file.Path;
import java.util.List;

/**
 * How a model folder is loaded.
 *
 * @param threads threads inside an operator on the CPU; 0: all cores
 * @param loras low-rank adapters added to the transformer, in order
 * @param cacheDir where prepared int8 weights are kept between starts
 */
public record EngineOptions(Device device, Precision precision, int threads, List<Lora> loras, Path cacheDir) {
    /** A PEFT/diffusers safetensors file and the factor it is added with. */
    public record Lora(Path file, double scale) {}

    public EngineOptions {
        loras = List.copyOf(loras);
    }

    public static EngineOptions defaults() {
        return new EngineOptions(
                Device.CPU,
                Precision.STORED,
                0,
                List.of(),
                Path.of(System.getProperty("user.home"), ".cache", "atelier"));
    }

    public EngineOptions withPrecision(Precision precision) {
        return new EngineOptions(device, precision, threads, loras, cacheDir);
    }

    public EngineOptions withDevice(Device device) {
        return new EngineOptions(device, precision, threads, loras, cacheDir);
    }

    public EngineOptions withLoras(List<Lora> loras) {
        return new EngineOptions(device, precision, threads, loras, cacheDir);
    }
}
