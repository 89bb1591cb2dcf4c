package dev.atelier.cli;

import dev.atelier.cli.Converters.DeviceValue;
import dev.atelier.engine.bench.ParityCheck;
import dev.atelier.engine.nn.Precision;
import dev.atelier.engine.pipeline.EngineOptions;
import dev.atelier.engine.tensor.Device;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code atelier parity}: our numbers beside the reference's. */
@Command(
        name = "parity",
        description = "Compare the engine with the public reference: every case of FOLDER/cases.json, stage by stage.",
        footer = {"", "Exit codes: 0 all within bounds, 1 not, 2 wrong command line."})
final class ParityCommand implements Callable<Integer> {
    private final Environment environment;

    @Parameters(paramLabel = "FOLDER", description = "Model folder with cases.json and the reference's tensors.")
    private Path folder;

    @Option(
            names = "--device",
            paramLabel = "cpu|cuda:N",
            converter = DeviceValue.class,
            description = "Where to run (default: cpu).")
    private Device device = Device.CPU;

    ParityCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        device.requireAvailable();
        EngineOptions options = new EngineOptions(device, Precision.STORED, 0, 0, List.of(), environment.dataFolder());
        List<ParityCheck.Result> results = ParityCheck.run(folder, options);
        print("CASE", "STAGE", "ERROR", "BOUND", "");
        for (ParityCheck.Result result : results) {
            print(
                    result.caseName(),
                    result.stage(),
                    number(result.error()),
                    number(result.bound()),
                    result.passed() ? "ok" : "FAILED");
        }
        long failed = results.stream().filter(result -> !result.passed()).count();
        environment
                .terminal()
                .result(
                        failed == 0
                                ? "all " + results.size() + " comparisons are within bounds"
                                : failed + " of " + results.size() + " comparisons are out of bounds");
        return failed == 0 && !results.isEmpty() ? ExitCode.OK : ExitCode.FAILURE;
    }

    private void print(String name, String stage, String error, String bound, String verdict) {
        environment
                .terminal()
                .result(String.format(Locale.ROOT, "%-24s %-20s %10s %10s  %s", name, stage, error, bound, verdict)
                        .stripTrailing());
    }

    private static String number(double value) {
        return value == 0 ? "0" : String.format(Locale.ROOT, "%.2e", value);
    }
}
