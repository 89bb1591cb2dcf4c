package dev.atelier.cli;

import dev.atelier.cli.Failures.UsageException;
import dev.atelier.engine.pipeline.ImagePipeline;
import dev.atelier.prompt.Sampling;
import dev.atelier.training.evaluation.Evaluation;
import dev.atelier.training.evaluation.EvaluationReport;
import dev.atelier.training.evaluation.EvaluationSettings;
import dev.atelier.training.evaluation.ModelWorld;
import dev.atelier.training.evaluation.Part;
import dev.atelier.training.evaluation.ProbeSettings;
import dev.atelier.training.evaluation.ReportWriter;
import dev.atelier.world.WorldConfig;
import dev.atelier.world.scene.Family;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code atelier evaluate}: how good a model is, on held-out scenes of the procedural world. */
@Command(
        name = "evaluate",
        description = {
            "Measure a model on held-out scenes of the procedural world: are the attributes asked for in its pictures, are edits",
            "made and the rest kept, do sequences keep their subject, can words be read, what does the autoencoder lose.",
            "A probe reads the attributes; it is trained on renders the first time, some minutes on two cores, and kept.",
            "Every figure stands beside what true pictures score in the same test."
        },
        footer = {"", "Exit codes: 0 done, 1 failed, 2 wrong command line, 130 interrupted."})
final class EvaluateCommand implements Callable<Integer> {
    private static final int MOST_MINUTES = 600;

    private final Environment environment;

    @Parameters(
            paramLabel = "MODEL",
            arity = "0..1",
            defaultValue = "",
            description = "Model folder, or name of a model (default: as --model).")
    private String model;

    @Option(
            names = "--count",
            paramLabel = "N",
            order = 10,
            description = "Captions a family, and edits in all (default: ${DEFAULT-VALUE}).")
    private int count = 32;

    @Option(
            names = "--seed",
            paramLabel = "N",
            order = 11,
            description = "Seed of scenes and noise (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(names = "--steps", paramLabel = "N", order = 12, description = "Denoising steps (default: the model's).")
    private int steps;

    @Option(names = "--guidance", paramLabel = "X", order = 13, description = "Guidance scale (default: the model's).")
    private double guidance = -1;

    @Option(
            names = "--world",
            paramLabel = "full|simple",
            order = 14,
            description =
                    "World that scenes are drawn from (default: that of the recipe in the model's folder, else full).")
    private WorldName world;

    @Option(
            names = "--families",
            paramLabel = "NAME",
            split = ",",
            order = 15,
            description = "Families of pictures to ask for: ${COMPLETION-CANDIDATES} (default: those of the world).")
    private Set<Family> families = EnumSet.noneOf(Family.class);

    @Option(
            names = "--skip",
            paramLabel = "PART",
            split = ",",
            order = 16,
            description = "Parts to leave out: ${COMPLETION-CANDIDATES}.")
    private Set<Part> skipped = EnumSet.noneOf(Part.class);

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            order = 17,
            description = "Folder for evaluation.md, evaluation.json and sheet.png (default: ${DEFAULT-VALUE}).")
    private Path output = Path.of("evaluation");

    @Option(names = "--train-probe", order = 18, description = "Train the probe of this world anew, and nothing else.")
    private boolean trainProbe;

    @Option(
            names = "--probe-minutes",
            paramLabel = "N",
            order = 19,
            description = "Train the probe by the clock (default: a fixed number of steps, the same probe each time).")
    private double probeMinutes;

    @Mixin
    private ExamArguments exam;

    @Mixin
    private EngineArguments engine;

    /** Worlds that have a name. */
    private enum WorldName {
        FULL,
        SIMPLE
    }

    EvaluateCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        if (!(probeMinutes >= 0 && probeMinutes <= MOST_MINUTES)) {
            throw new UsageException("--probe-minutes: " + probeMinutes + " is not in 0 to " + MOST_MINUTES);
        }
        Path folder = engine.modelFolder(environment, model);
        WorldConfig config = config(folder);
        ProbeSettings probe = ProbeSettings.of(config);
        probe = probeMinutes > 0 ? probe.withMinutes(probeMinutes) : probe;
        try (EvaluationProgress progress = new EvaluationProgress(environment.terminal());
                Interruption interruption = Interruption.watch(environment.terminal())) {
            Evaluation evaluation = new Evaluation(environment.dataFolder().resolve("probes"), progress);
            if (trainProbe) {
                evaluation.trainProbe(probe);
                return ExitCode.OK;
            }
            if (exam.wanted()) {
                Sampling sampling = new Sampling(steps, guidance < 0 ? Sampling.MODEL_GUIDANCE : guidance, seed);
                exam.take(environment, engine, folder, sampling, probe, output, progress, interruption.cancellation());
                return ExitCode.OK;
            }
            EvaluationSettings settings = new EvaluationSettings(
                    config,
                    families.isEmpty() ? EvaluationSettings.familiesOf(config) : families,
                    skipped,
                    count,
                    seed,
                    steps,
                    guidance);
            try (ImagePipeline pipeline = environment.pipelines().open(folder, engine.options(environment))) {
                EvaluationReport report = evaluation.run(pipeline, settings, probe, interruption.cancellation());
                progress.finish();
                ReportWriter.write(report, output);
                environment.terminal().result(ReportWriter.table(report));
                environment.terminal().result(output.toString());
            }
            return ExitCode.OK;
        }
    }

    private WorldConfig config(Path folder) {
        if (world != null) {
            return world == WorldName.FULL ? WorldConfig.full() : WorldConfig.simple();
        }
        Optional<ModelWorld> recorded = ModelWorld.of(folder);
        environment
                .terminal()
                .note(recorded.map(found -> "world: as in " + found.source())
                        .orElse("world: full (the model's folder records none)"));
        return recorded.map(ModelWorld::config).orElseGet(WorldConfig::full);
    }
}
