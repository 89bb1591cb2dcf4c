package dev.atelier.cli;

import dev.atelier.cli.Converters.DeviceValue;
import dev.atelier.engine.pipeline.EngineOptions;
import dev.atelier.engine.tensor.Device;
import dev.atelier.training.TrainingRun;
import dev.atelier.training.dataset.DatasetExamples;
import dev.atelier.training.dataset.ExampleSource;
import dev.atelier.training.dataset.PictureDataset;
import dev.atelier.training.loop.Budget;
import dev.atelier.training.loop.TrainingListener;
import dev.atelier.training.preference.PreferenceJob;
import dev.atelier.training.preference.PreferenceSettings;
import dev.atelier.training.preference.PreferenceTrainer;
import dev.atelier.training.pretraining.StartingWeights;
import dev.atelier.training.pretraining.Trainer;
import dev.atelier.training.recipe.Recipe;
import dev.atelier.training.report.RunReports;
import dev.atelier.training.sharpening.SharpenerTrainer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code atelier train}: a model from a recipe. */
@Command(
        name = "train",
        description = {
            "Train a model: from nothing, on pictures that are rendered from the procedural world while it learns, or"
                    + " on your own (--data).",
            "A run that was killed goes on from its last checkpoint when it is started again with the same folder."
        },
        footer = {"", "Exit codes: 0 done, 1 failed, 2 wrong command line, 130 interrupted."})
final class TrainCommand implements Callable<Integer> {
    private final Environment environment;

    @Option(
            names = "--recipe",
            paramLabel = "NAME|FILE",
            description =
                    "A recipe of Atelier (seedling-cpu, seedling-2, seedling-gpu) or a YAML file (default: seedling-cpu).")
    private String recipe = "seedling-cpu";

    @ArgGroup(multiplicity = "1")
    private Length length;

    @Option(
            names = "--data",
            paramLabel = "DIR|FILE",
            description = {
                "Learn from these pictures instead of the procedural world: a folder with a .txt beside each, a .jsonl"
                        + " file of image, caption, references, or .tar shards."
            })
    private Path data;

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
            names = "--from",
            paramLabel = "DIR|NAME",
            description = {
                "Begin with the weights of this model instead of random ones. It has the shape that the recipe"
                        + " describes,",
                "but for fewer channels of a patch transform or a smaller vocabulary: those grow.",
                "A run that has begun goes on from its own."
            })
    private String from;

    @Option(
            names = "--stage",
            paramLabel = "NAME",
            description = {
                "One stage by itself instead of the recipe's stages, for the model of --from: one of the recipe's by its name;",
                "sharpener: a second network, which gives its pictures the detail that they lack;",
                "prefer: learn from votes between pictures (--pairs) or from rated ones (--ratings)."
            })
    private String stage;

    @Mixin
    private PreferenceArguments preference;

    @Mixin
    private ModelFolderOptions models;

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
                "Steps between sheets of the recipe's sample prompts (samples-STEP.png in the run's folder, and one at"
                        + " the end);",
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
    public Integer call() throws IOException {
        requireStage();
        Path model = PreferenceTrainer.STAGE.equals(stage) ? prefer() : train();
        environment.terminal().result("model: " + model);
        return ExitCode.OK;
    }

    private Path prefer() throws IOException {
        Path base = ModelArguments.folder(environment, models, from);
        PreferenceSettings settings = preference.settings(length.steps);
        PreferenceJob job = new PreferenceJob(
                base,
                EngineOptions.defaults().withDevice(device == null ? Device.CPU : device),
                preference.feedback(),
                run == null ? Path.of("runs", base.getFileName() + "-" + stage) : run,
                checkpointEvery,
                preference.guardEvery());
        Terminal terminal = environment.terminal();
        try (Interruption interruption = Interruption.watch(terminal);
                TrainingProgress training = new TrainingProgress(terminal, InstantSource.system());
                TuningProgress progress = new TuningProgress(terminal, training)) {
            return new PreferenceTrainer(job, settings, progress).train(interruption.cancellation());
        }
    }

    private Path train() throws IOException {
        Recipe named = Recipe.read(recipe);
        boolean own = stage == null || stage.equals(SharpenerTrainer.STAGE);
        Recipe some = own ? named : ownStage(named);
        Recipe placed = device == null ? some : some.withDevice(device);
        String name = stage == null ? placed.name() : placed.name() + "-" + stage;
        Path folder = run == null ? Path.of("runs", name) : run;
        PictureDataset pictures = data == null ? null : PictureDataset.open(data, "");
        ExampleSource source = pictures == null
                ? placed.world().examples(placed.seed())
                : new DatasetExamples(pictures, placed.seed());
        Recipe read = placed.only(source.tasks());
        Path model;
        try (TrainingProgress progress = new TrainingProgress(environment.terminal(), InstantSource.system())) {
            RunReports reports = new RunReports(
                    folder, prompts(read), EngineOptions.defaults().withDevice(read.trainingDevice()), progress::note);
            TrainingListener listener = TrainingListener.of(progress, reports);
            Budget budget = new Budget(length.steps, length.minutes);
            if (SharpenerTrainer.STAGE.equals(stage)) {
                Path base = ModelArguments.folder(environment, models, from);
                model = new SharpenerTrainer(read, source, base, folder, listener)
                        .train(budget, checkpointEvery, renderThreads);
            } else {
                if (from != null) {
                    Path start = ModelArguments.folder(environment, models, from);
                    StartingWeights.copy(start, read, source, folder, progress::note);
                }
                model = new TrainingRun(read, source, folder, listener)
                        .train(new Trainer.Options(budget, checkpointEvery, modelEvery, samplesEvery, renderThreads));
            }
        }
        if (pictures != null) {
            pictures.skipped().lines().forEach(line -> environment.terminal().note("left out: " + line));
        }
        return model;
    }

    private Recipe ownStage(Recipe all) {
        try {
            return all.stage(stage);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "--" + e.getMessage() + ", and for every model " + SharpenerTrainer.STAGE + ", "
                            + PreferenceTrainer.STAGE,
                    e);
        }
    }

    private void requireStage() {
        if (stage == null) {
            return;
        }
        if (from == null) {
            throw new IllegalArgumentException("--stage: " + stage + " needs --from, the model that it is trained for");
        }
    }
}
