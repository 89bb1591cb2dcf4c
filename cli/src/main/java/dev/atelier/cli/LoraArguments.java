package dev.atelier.cli;

import dev.atelier.training.lora.LoraSettings;
import dev.atelier.training.lora.LoraTargets;
import picocli.CommandLine.Option;

/** What is trained, and how. */
final class LoraArguments {
    @Option(names = "--rank", paramLabel = "N", order = 20, description = "Rank (default: ${DEFAULT-VALUE}).")
    private int rank = 16;

    @Option(names = "--alpha", paramLabel = "X", order = 21, description = "Scale times rank (default: the rank).")
    private Double alpha;

    @Option(
            names = "--targets",
            paramLabel = "attention|blocks|all",
            order = 22,
            description = "Layers that get an adapter (default: blocks).")
    private LoraTargets targets = LoraTargets.BLOCKS;

    @Option(names = "--steps", paramLabel = "N", required = true, order = 30, description = "Updates in all.")
    private int steps;

    @Option(
            names = "--learning-rate",
            paramLabel = "X",
            order = 31,
            description = "After the warm-up; falls along a cosine (default: ${DEFAULT-VALUE}).")
    private double learningRate = 1e-4;

    @Option(
            names = "--warmup",
            paramLabel = "STEPS",
            order = 32,
            description = "Steps of rising rate (default: a twentieth of the steps, at most 100).")
    private Integer warmup;

    @Option(
            names = "--weight-decay",
            paramLabel = "X",
            order = 33,
            description = "AdamW's weight decay (default: ${DEFAULT-VALUE}).")
    private double weightDecay = 0.01;

    @Option(
            names = "--clip",
            paramLabel = "X",
            order = 34,
            description = "Bound of the gradients' norm (default: ${DEFAULT-VALUE}).")
    private double clip = 1;

    @Option(
            names = "--batch",
            paramLabel = "N",
            order = 35,
            description = "Examples computed at once (default: ${DEFAULT-VALUE}).")
    private int batch = 1;

    @Option(
            names = "--accumulate",
            paramLabel = "N",
            order = 36,
            description = "Batches an update (default: ${DEFAULT-VALUE}).")
    private int accumulate = 1;

    @Option(
            names = "--resolution",
            paramLabel = "PIXELS",
            order = 40,
            description =
                    "Pictures are trained at about the area of a square of this side, in their own shape (default:"
                            + " ${DEFAULT-VALUE}).")
    private int resolution = 512;

    @Option(
            names = "--crops",
            paramLabel = "N",
            order = 41,
            description = "Crops of each picture: the middle, then random ones (default: ${DEFAULT-VALUE}).")
    private int crops = 1;

    @Option(
            names = "--caption-dropout",
            paramLabel = "X",
            order = 42,
            description = "Share of examples trained without words (default: ${DEFAULT-VALUE}).")
    private double captionDropout = 0.1;

    @Option(
            names = "--trigger",
            paramLabel = "TEXT",
            order = 43,
            description =
                    "Put before every caption without it, and used for pictures without a caption (default: none).")
    private String trigger = "";

    @Option(
            names = "--seed",
            paramLabel = "N",
            order = 44,
            description = "Seed of everything random (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    LoraSettings settings() {
        int most = Math.min(100, steps / 20);
        return new LoraSettings(
                new LoraSettings.Adapter(rank, alpha == null ? rank : alpha, targets),
                new LoraSettings.Optimization(
                        learningRate,
                        warmup == null ? Math.max(0, most) : warmup,
                        weightDecay,
                        clip,
                        batch,
                        accumulate),
                new LoraSettings.Data(resolution, crops, captionDropout, trigger),
                steps,
                seed);
    }
}
