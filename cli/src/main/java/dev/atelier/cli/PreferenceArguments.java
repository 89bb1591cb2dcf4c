package dev.atelier.cli;

import dev.atelier.cli.Failures.UsageException;
import dev.atelier.training.dataset.Feedback;
import dev.atelier.training.dataset.PreferencePairs;
import dev.atelier.training.dataset.RatedPictures;
import dev.atelier.training.lora.LoraSettings;
import dev.atelier.training.lora.LoraTargets;
import dev.atelier.training.preference.PreferenceSettings;
import dev.atelier.training.preference.PreferenceTrainer;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What {@code train --stage prefer} learns from, and how. */
final class PreferenceArguments {
    private static final double CLIP = 1;
    private static final double PAIRS_BETA = 100;
    private static final double RATINGS_BETA = 0.1;
    private static final double KL = 1e-3;

    @Option(
            names = "--pairs",
            paramLabel = "FILE",
            description = {
                "Stage prefer: votes between pictures, a .jsonl file of prompt, winner, loser (paths beside the file)",
                "and, for edits, references."
            })
    private Path pairs;

    @Option(
            names = "--ratings",
            paramLabel = "FILE",
            description = {
                "Stage prefer, instead of --pairs: rated pictures, a .jsonl file of prompt, image, rating (any scale, more"
                        + " is better)",
                "and, for edits, references."
            })
    private Path ratings;

    @Option(
            names = "--beta",
            paramLabel = "X",
            description = {
                "Stage prefer: how strongly the model is held to its start; less lets it go further (default: 100 for"
                        + " pairs, 0.1 for ratings)."
            })
    private Double beta;

    @Option(
            names = "--kl",
            paramLabel = "X",
            description = "Stage prefer with --ratings: what distance from the start costs (default: 0.001).")
    private Double kl;

    @Option(
            names = "--tolerance",
            paramLabel = "X",
            description = {
                "Stage prefer: the run is stopped when edges, colours or diversity of what the model draws change by"
                        + " more than this share (default: ${DEFAULT-VALUE})."
            })
    private double tolerance = 0.3;

    @Option(
            names = "--guard-every",
            paramLabel = "STEPS",
            description = "Stage prefer: steps between looks at what the model draws (default: ${DEFAULT-VALUE}).")
    private int guardEvery = 50;

    @Option(names = "--rank", paramLabel = "N", description = "Stage prefer: the adapter's rank (default: 16).")
    private int rank = 16;

    @Option(
            names = "--learning-rate",
            paramLabel = "X",
            description = "Stage prefer: the adapter's rate after the warm-up (default: ${DEFAULT-VALUE}).")
    private double learningRate = 5e-4;

    @Option(
            names = "--batch",
            paramLabel = "N",
            description = "Stage prefer: pairs or pictures computed at once (default: ${DEFAULT-VALUE}).")
    private int batch = 16;

    @Option(
            names = "--resolution",
            paramLabel = "PIXELS",
            description = "Stage prefer: side of the square whose area pictures have (default: ${DEFAULT-VALUE}).")
    private int resolution = 512;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Stage prefer: seed of everything random (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    int guardEvery() {
        return guardEvery;
    }

    /** @throws UsageException when not one file is named */
    Feedback feedback() throws IOException {
        if ((pairs == null) == (ratings == null)) {
            throw new UsageException("--stage: " + PreferenceTrainer.STAGE
                    + " needs --pairs, the votes that it learns from, or --ratings, rated pictures"
                    + (pairs == null ? "" : "; not both"));
        }
        if (pairs != null && kl != null) {
            throw new UsageException("--kl: belongs to --ratings; --pairs does not use it");
        }
        return pairs == null ? RatedPictures.open(ratings) : PreferencePairs.open(pairs);
    }

    PreferenceSettings settings(long steps) {
        if (steps < 1 || steps > Integer.MAX_VALUE) {
            throw new UsageException(
                    "--stage: " + PreferenceTrainer.STAGE + " is measured by --steps, not by --minutes");
        }
        int warmup = (int) Math.min(20, steps / 10);
        return new PreferenceSettings(
                new LoraSettings(
                        new LoraSettings.Adapter(rank, rank, LoraTargets.BLOCKS),
                        new LoraSettings.Optimization(learningRate, warmup, 0, CLIP, batch, 1),
                        new LoraSettings.Data(resolution, 1, 0, ""),
                        (int) steps,
                        seed),
                beta != null ? beta : ratings == null ? PAIRS_BETA : RATINGS_BETA,
                kl == null ? KL : kl,
                tolerance);
    }
}
