package dev.atelier.cli;

import dev.atelier.cli.Failures.UsageException;
import dev.atelier.engine.pipeline.Cancellation;
import dev.atelier.engine.pipeline.EngineOptions;
import dev.atelier.engine.pipeline.ImagePipeline;
import dev.atelier.prompt.PromptEngineer;
import dev.atelier.prompt.Sampling;
import dev.atelier.prompt.llm.EngineerSettings;
import dev.atelier.training.evaluation.Exam;
import dev.atelier.training.evaluation.ExamReport;
import dev.atelier.training.evaluation.ExamWriter;
import dev.atelier.training.evaluation.Examination;
import dev.atelier.training.evaluation.ProbeSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** An exam in place of the parts of an evaluation. */
final class ExamArguments {
    @Option(
            names = "--exam",
            paramLabel = "first-prompts|typography|nouns",
            order = 20,
            converter = ExamValue.class,
            description = {
                "In place of the parts: prompts as people write them, words never trained on, or every noun of the world,",
                "planned and drawn as 'atelier generate' does; into NAME.md, NAME.json and the sheet NAME.png."
            })
    private Exam exam;

    @Option(
            names = "--against",
            paramLabel = "DIR|NAME",
            order = 21,
            description = "Another model that takes the same exam, for the same report. Repeatable.")
    private List<String> against = new ArrayList<>();

    @Mixin
    private LetteringArguments lettering;

    /** Names with dashes, as the files have them. */
    static final class ExamValue implements ITypeConverter<Exam> {
        @Override
        public Exam convert(String value) {
            return Arrays.stream(Exam.values())
                    .filter(exam -> name(exam).equals(value.toLowerCase(Locale.ROOT)))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("'" + value + "' is none of "
                            + String.join(
                                    ", ",
                                    Arrays.stream(Exam.values())
                                            .map(ExamValue::name)
                                            .toList())));
        }

        private static String name(Exam exam) {
            return exam.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** @throws UsageException when there is a model to compare with and no exam */
    boolean wanted() {
        if (exam == null && !against.isEmpty()) {
            throw new UsageException("--against: belongs to --exam");
        }
        return exam != null;
    }

    /**
     * Lets every model take the exam, one after the other, and writes the report.
     *
     * @param sampling of every picture; its seed is that of the first question
     */
    void take(
            Environment environment,
            EngineArguments engine,
            Path model,
            Sampling sampling,
            ProbeSettings probe,
            Path output,
            EvaluationProgress progress,
            Cancellation cancellation) {
        Examination examination = new Examination(exam, sampling.seed(), progress);
        List<Path> folders = new ArrayList<>(List.of(model));
        against.forEach(other -> folders.add(engine.modelFolder(environment, other)));
        EngineOptions options = engine.options(environment);
        try (PromptEngineer engineer = environment.engineers().apply(EngineerSettings.rules())) {
            for (int i = 0; i < folders.size(); i++) {
                try (ImagePipeline pipeline = environment.pipelines().open(folders.get(i), options)) {
                    String name = pipeline.info().name();
                    String distinct = i == 0 ? name : name + " (" + (i + 1) + ")";
                    examination.ask(
                            new PlannedModel(distinct, pipeline, engineer, lettering, sampling, cancellation),
                            cancellation);
                }
            }
        }
        ExamReport report = examination.judge(environment.dataFolder().resolve("probes"), probe);
        progress.finish();
        ExamWriter.write(report, output);
        environment.terminal().result(ExamWriter.table(report));
        environment.terminal().result(output.toString());
    }
}
