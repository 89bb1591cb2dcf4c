package dev.atelier.engine.pipeline;

import dev.atelier.engine.nn.Precision;
import dev.atelier.engine.tensor.Device;
import java.nio.file.Path;
import java.util.List;

/**
 * How a model folder is loaded.
 *
 * @param threads threads inside an operator on the CPU; 0: all cores
 * @param nice how far these threads give way to the process's others, 0 (not at all) to 19; only on Linux, and not for a GPU
 * @param loras low-rank adapters added to the transformer, in order
 * @param cacheDir where prepared int8 weights are kept between starts
 */
public record EngineOptions(
        Device device, Precision precision, int threads, int nice, List<Lora> loras, Path cacheDir) {
    /** A LoRA of the transformer ({@link dev.atelier.engine.lora.LoraAdapters} says in which forms) and the factor it is added with. */
    public record Lora(Path file, double scale) {}

    public EngineOptions {
        if (nice < 0 || nice > 19) {
            throw new IllegalArgumentException("nice: " + nice + " is not in 0 to 19");
        }
        loras = List.copyOf(loras);
    }

    public static EngineOptions defaults() {
        return new EngineOptions(Device.CPU, Precision.STORED, 0, 0, List.of(), AtelierHome.ofProcess());
    }

    public EngineOptions withPrecision(Precision precision) {
        return new EngineOptions(device, precision, threads, nice, loras, cacheDir);
    }

    public EngineOptions withDevice(Device device) {
        return new EngineOptions(device, precision, threads, nice, loras, cacheDir);
    }

    public EngineOptions withLoras(List<Lora> loras) {
        return new EngineOptions(device, precision, threads, nice, loras, cacheDir);
    }
}
