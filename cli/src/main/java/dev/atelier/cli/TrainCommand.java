package dev.atelier.cli;

import dev.atelier.training.dataset.WorldExamples;
import dev.atelier.training.recipe.Recipe;
import dev.atelier.training.stage.Budget;
import dev.atelier.training.stage.Trainer;
import dev.atelier.training.stage.TrainingListener;
import dev.atelier.training.world.World;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code atelier train}: a model from a recipe. */
@Command(
        name = "train",
        description = {
            "Train a model from nothing but this machine: pictures are rendered from the procedural world while it learns.",
            "A run that was killed goes on from its last checkpoint when it is started again with the same folder."
        },
        footer = {"", "Exit codes: 0 done, 1 failed, 2 wrong command line, 130 interrupted."})
final class TrainCommand implements Callable<Integer> {
    private final Environment environment;

    @Option(
            names = "--recipe",
            paramLabel = "NAME|FILE",
            description = "A recipe of Atelier (seedling-cpu) or a YAML file (default: seedling-cpu).")
    private String recipe = "seedling-cpu";

    @ArgGroup(multiplicity = "1")
    private Length length;

    @Option(
            names = "--run",
            paramLabel = "DIR",
            description = "Folder of this run: checkpoint, log, models (default: runs/RECIPE).")
    private Path run;

    @Option(
            names = "--checkpoint-every",
            paramLabel = "STEPS",
            description = "Steps between checkpoints (default: ${DEFAULT-VALUE}).")
    private int checkpointEvery = 200;

    @Option(
            names = "--model-every",
            paramLabel = "STEPS",
            description = "Steps between model folders; 0: at the end only (default: ${DEFAULT-VALUE}).")
    private int modelEvery = 0;

    @Option(
            names = "--render-threads",
            paramLabel = "N",
            description = "Threads that render pictures (default: ${DEFAULT-VALUE}).")
    private int renderThreads = 2;

    /** How long the run lasts. */
    private static final class Length {
        @Option(names = "--minutes", paramLabel = "N", required = true, description = "Train so many minutes in all.")
        private double minutes;

        @Option(names = "--steps", paramLabel = "N", required = true, description = "Train so many steps in all.")
        private long steps;
    }

    TrainCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        Recipe read = Recipe.read(recipe);
        Path folder = run == null ? Path.of("runs", read.name()) : run;
        World world = World.of(read.world().config());
        Trainer trainer = new Trainer(read, new WorldExamples(world, read.seed()), folder, new Lines());
        Path model = trainer.train(new Trainer.Options(
                new Budget(length.steps, length.minutes), checkpointEvery, modelEvery, renderThreads));
        environment.terminal().result("model: " + model);
        return ExitCode.OK;
    }

    /** A line every few seconds. */
    private final class Lines implements TrainingListener {
        private static final long EVERY_NANOS = 10_000_000_000L;

        private long last = System.nanoTime() - EVERY_NANOS;

        @Override
        public void onPrepare(String what) {
            environment.terminal().result(what);
        }

        @Override
        public void onStep(Progress p) {
            long now = System.nanoTime();
            if (now - last >= EVERY_NANOS) {
                last = now;
                environment
                        .terminal()
                        .result(String.format(
                                Locale.ROOT,
                                "%s  step %d (%.1f %%)  loss %.4f  gradient %.3f  %.1f examples/s  waited %.1f %%",
                                p.stage(),
                                p.step(),
                                100 * p.used(),
                                p.loss(),
                                p.gradientNorm(),
                                p.examplesPerSecond(),
                                100 * p.waitedShare()));
            }
        }

        @Override
        public void onModel(Path folder, long step) {
            environment.terminal().result("step " + step + ": " + folder);
        }
    }
}
