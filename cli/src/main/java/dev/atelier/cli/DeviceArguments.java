package dev.atelier.cli;

import dev.atelier.cli.Converters.DeviceValue;
import dev.atelier.cli.Failures.UsageException;
import dev.atelier.engine.tensor.Device;
import picocli.CommandLine.Option;

/** Where a model runs. */
final class DeviceArguments {
    private static final int MAX_THREADS = 1024;

    @Option(
            names = "--device",
            paramLabel = "cpu|cuda:N",
            order = 82,
            converter = DeviceValue.class,
            description = "Where the model runs (default: cpu).")
    private Device device = Device.CPU;

    @Option(names = "--threads", paramLabel = "N", order = 83, description = "Threads on the CPU (default: all cores).")
    private int threads;

    Device device() {
        return device;
    }

    /** 0: all cores. */
    int threads() {
        if (threads < 0 || threads > MAX_THREADS) {
            throw new UsageException("--threads: " + threads + " is not in 0 to " + MAX_THREADS);
        }
        return threads;
    }
}
