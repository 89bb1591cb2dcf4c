package dev.atelier.cli;

import dev.atelier.cli.Failures.UsageException;
import dev.atelier.engine.bench.Benchmark;
import dev.atelier.engine.bench.BenchmarkOptions;
import dev.atelier.engine.bench.SequenceBenchmark;
import dev.atelier.engine.pipeline.EngineOptions;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code atelier bench}: how fast a model runs here, and how much memory it takes. */
@Command(
        name = "bench",
        description =
                "Measure text encoding, steps, decoding and memory of a model, beside this machine's matrix peak.")
final class BenchCommand implements Callable<Integer> {
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,5})x([0-9]{1,5})");

    private final Environment environment;

    @Option(
            names = "--shape",
            paramLabel = "NAME",
            order = 10,
            description = "Measure random weights of a known shape instead of a model: klein-4b (writes 16 GB once).")
    private String shape = "";

    @Option(names = "--size", paramLabel = "WxH", order = 11, description = "Pixels (default: ${DEFAULT-VALUE}).")
    private String size = "256x256";

    @Option(names = "--steps", paramLabel = "N", order = 12, description = "Steps (default: ${DEFAULT-VALUE}).")
    private int steps = 2;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            order = 13,
            description =
                    "Pictures; the best one counts, the first also reads the weights (default: ${DEFAULT-VALUE}).")
    private int rounds = 2;

    @Option(
            names = "--compare",
            order = 14,
            description = "Also state the cosine of final latents against full precision (makes two more pictures).")
    private boolean compare;

    @Option(
            names = "--sequence",
            paramLabel = "N",
            order = 15,
            description =
                    "Measure shots 1 to N of a sequence instead: with the earlier ones' keys and values kept, and without.")
    private int shots;

    @Mixin
    private EngineArguments engine;

    BenchCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        Matcher pixels = SIZE.matcher(size);
        if (!pixels.matches()) {
            throw new UsageException("--size: '" + size + "' is no WIDTHxHEIGHT in pixels");
        }
        EngineOptions options = engine.options(environment);
        Terminal terminal = environment.terminal();
        Path folder = shape.isEmpty()
                ? engine.modelFolder(environment)
                : Benchmark.shape(shape, environment.dataFolder(), terminal::note);
        int width = Integer.parseInt(pixels.group(1));
        int height = Integer.parseInt(pixels.group(2));
        BenchmarkOptions measured = new BenchmarkOptions(folder, width, height, steps, rounds, options);
        if (shots > 0) {
            SequenceBenchmark.run(measured, shots, terminal::result);
            return ExitCode.OK;
        }
        Benchmark.run(measured, terminal::note).lines().forEach(terminal::result);
        if (compare) {
            terminal.result(String.format(Locale.ROOT, "latent cosine  %.6f", Benchmark.latentCosine(measured)));
        }
        return ExitCode.OK;
    }
}
