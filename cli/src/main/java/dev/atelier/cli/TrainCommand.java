package dev.atelier.cli;

import dev.atelier.cli.Converters.DeviceValue;
import dev.atelier.engine.pipeline.EngineOptions;
import dev.atelier.engine.tensor.Device;
import dev.atelier.training.TrainingRun;
import dev.atelier.training.dataset.WorldExamples;
import dev.atelier.training.recipe.Recipe;
import dev.atelier.training.report.RunReports;
import dev.atelier.training.stage.Budget;
import dev.atelier.training.stage.Trainer;
import dev.atelier.training.stage.TrainingListener;
import dev.atelier.training.world.World;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
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
            description = "A recipe of Atelier (seedling-cpu, seedling-gpu) or a YAML file (default: seedling-cpu).")
    private String recipe = "seedling-cpu";

    @ArgGroup(multiplicity = "1")
    private Length length;

    @Option(
            names = "--device",
            paramLabel = "cpu|cuda:N",
            converter = DeviceValue.class,
            description = "Where to train (default: what the recipe says, else cpu).")
    private Device device;

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
            names = "--samples-every",
            paramLabel = "STEPS",
            description = {
                "Steps between sheets of the recipe's sample prompts (samples-STEP.png in the run's folder, and one at the end);",
                "0: none (default: ${DEFAULT-VALUE})."
            })
    private int samplesEvery = 0;

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

    private List<String> prompts(Recipe recipe) {
        return samplesEvery > 0 ? recipe.sampling().prompts() : List.of();
    }

    @Override
    public Integer call() {
        Recipe named = Recipe.read(recipe);
        Recipe read = device == null ? named : named.withDevice(device);
        Path folder = run == null ? Path.of("runs", read.name()) : run;
        World world = World.of(read.world().config());
        Path model;
        try (TrainingProgress progress = new TrainingProgress(environment.terminal(), InstantSource.system())) {
            RunReports reports = new RunReports(
                    folder, prompts(read), EngineOptions.defaults().withDevice(read.trainingDevice()), progress::note);
            TrainingRun training = new TrainingRun(
                    read, new WorldExamples(world, read.seed()), folder, TrainingListener.of(progress, reports));
            model = training.train(new Trainer.Options(
                    new Budget(length.steps, length.minutes),
                    checkpointEvery,
                    modelEvery,
                    samplesEvery,
                    renderThreads));
        }
        environment.terminal().result("model: " + model);
        return ExitCode.OK;
    }
}
