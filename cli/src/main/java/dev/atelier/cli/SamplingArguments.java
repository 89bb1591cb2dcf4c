package dev.atelier.cli;

import dev.atelier.cli.Converters.SizeValue;
import dev.atelier.prompt.Prompt;
import dev.atelier.prompt.Sampling;
import dev.atelier.prompt.SizeWish;
import java.util.random.RandomGenerator;
import picocli.CommandLine.Option;

/** How pictures are drawn. */
final class SamplingArguments {
    /** Seeds that are drawn stay short enough to be typed again. */
    private static final long RANDOM_SEEDS = 1L << 32;

    @Option(
            names = {"-s", "--size"},
            paramLabel = "WxH",
            order = 20,
            converter = SizeValue.class,
            description = "Pixels as in 1024x768, an area (1K, 2K, 4K) or a shape as in 16:9 (default: what the prompt,"
                    + " the first reference or the model says).")
    private SizeWish size = SizeWish.open();

    @Option(names = "--steps", paramLabel = "N", order = 21, description = "Denoising steps (default: the model's).")
    private int steps;

    @Option(names = "--guidance", paramLabel = "X", order = 22, description = "Guidance scale (default: the model's).")
    private double guidance = Sampling.MODEL_GUIDANCE;

    @Option(
            names = "--negative",
            paramLabel = "TEXT",
            order = 23,
            description = "What to avoid (needs guidance above 1).")
    private String negative = "";

    @Option(
            names = "--seed",
            paramLabel = "N",
            order = 24,
            description = "Seed of the first picture (default: random).")
    private long seed = Sampling.RANDOM_SEED;

    @Option(names = "--exact", order = 25, description = "Give the prompt to the model word for word.")
    private boolean exact;

    SizeWish size() {
        return size;
    }

    Prompt prompt(String text) {
        return new Prompt(text, negative, !exact);
    }

    /** With a seed in any case. */
    Sampling sampling() {
        Sampling given = new Sampling(steps, guidance, seed);
        return given.seed() == Sampling.RANDOM_SEED
                ? new Sampling(steps, guidance, RandomGenerator.getDefault().nextLong(RANDOM_SEEDS))
                : given;
    }
}
