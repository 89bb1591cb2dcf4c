package dev.atelier.cli;

import dev.atelier.engine.pipeline.GeneratedImage;
import dev.atelier.engine.pipeline.ImagePipeline;
import dev.atelier.prompt.GenerationPlan;
import dev.atelier.prompt.GenerationRequest;
import dev.atelier.prompt.ModelProfile;
import dev.atelier.prompt.Prompt;
import dev.atelier.prompt.PromptEngineer;
import dev.atelier.prompt.References;
import dev.atelier.prompt.SequenceWish;
import dev.atelier.prompt.TemplateUse;
import dev.atelier.prompt.llm.EngineerSettings;
import dev.atelier.prompt.rules.RulePromptEngineer;
import dev.atelier.prompt.template.FilledTemplate;
import dev.atelier.prompt.template.TemplateEngineer;
import dev.atelier.prompt.vocabulary.VocabularyAdapter;
import dev.atelier.studio.ContentCredentials;
import dev.atelier.studio.EditSources;
import dev.atelier.studio.ModelProfiles;
import dev.atelier.studio.PictureStamp;
import dev.atelier.studio.PlanRunner;
import dev.atelier.studio.PlannedPictures;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;

/** What the commands that make pictures have in common: options, and the way from a prompt to files. */
final class PictureArguments {
    @Mixin
    private SamplingArguments sampling;

    @Mixin
    private OutputArguments output;

    @Mixin
    private EngineArguments engine;

    @Mixin
    private EngineerArguments engineer;

    @Mixin
    private LetteringArguments lettering;

    /**
     * Plans {@code prompt}, makes the pictures and writes them.
     *
     * @param references files, with what of the first one may change
     */
    int make(Environment environment, String prompt, References references, SequenceWish sequence) {
        return make(
                environment, sampling.prompt(prompt), TemplateUse.NONE, references, sequence, UnaryOperator.identity());
    }

    /** Makes a template's pictures and writes them. */
    int make(Environment environment, FilledTemplate template, References references, SequenceWish sequence) {
        return make(
                environment,
                sampling.prompt(template.text()),
                template.use(),
                references,
                sequence,
                UnaryOperator.identity());
    }

    /**
     * Makes the pictures of {@code shots} in the words that they are given in, and writes them; only their size is planned.
     *
     * @param shots puts the shots into a plan of the first one
     */
    int makeAsWritten(
            Environment environment,
            String first,
            References references,
            SequenceWish sequence,
            UnaryOperator<GenerationPlan> shots) {
        Prompt written = sampling.prompt(first);
        return make(
                environment,
                new Prompt(written.text(), written.negative(), false),
                TemplateUse.NONE,
                references,
                sequence,
                shots);
    }

    private int make(
            Environment environment,
            Prompt prompt,
            TemplateUse template,
            References references,
            SequenceWish sequence,
            UnaryOperator<GenerationPlan> adjust) {
        Terminal terminal = environment.terminal();
        OutputFiles files = output.files();
        ContentCredentials credentials = output.credentials();
        GenerationRequest request = new GenerationRequest(
                "local", prompt, references, sampling.size(), sequence, sampling.sampling(), files.output(), template);
        EditSources sources = EditSources.read(
                references, (_, file) -> ReferenceFiles.picture(file), (_, file) -> ReferenceFiles.mask(file));
        EngineerSettings planning = engineer.settings(
                environment,
                engine.device(),
                name -> engine.modelFolder(environment, name).toString());
        try (Interruption interruption = Interruption.watch(terminal);
                ImagePipeline pipeline = engine.open(environment)) {
            ModelProfile profile = ModelProfiles.of(pipeline.info());
            GenerationPlan plan = lettering.applied(
                    adjust.apply(plan(environment, planning, request, profile)), request, profile, pipeline.info());
            if (plan.reasons().size() > 1) {
                terminal.note("plan: " + String.join("; ", plan.reasons()));
            }
            PlannedPictures pictures = new PlannedPictures(plan, request.sampling(), sources);
            Stream.concat(
                            plan.warnings().stream(),
                            pictures.warnings(pipeline.info().referencePixels()).stream())
                    .forEach(warning -> terminal.note("note: " + warning));
            files.prepare(plan.shots().size());
            PictureStamp stamp = new PictureStamp(request, plan, pipeline.info(), credentials);
            new PlanRunner(pipeline, PlanRunner.BATCH_PIXELS)
                    .run(
                            pictures,
                            PlanRunner.Resumed.NOTHING,
                            call -> new GenerationProgress(terminal, call, (index, image) -> {
                                byte[] file = stamp.file(image);
                                terminal.result(
                                        files.write(file, index, call.planned()).toString());
                                terminal.note("  " + recipe(image));
                            }),
                            interruption.cancellation());
        }
        return ExitCode.OK;
    }

    /** A language model is open no longer than it plans: the pictures need its memory. Templates need none. */
    private static GenerationPlan plan(
            Environment environment, EngineerSettings planning, GenerationRequest request, ModelProfile profile) {
        try (PromptEngineer engineer = request.template().given()
                ? new VocabularyAdapter(new TemplateEngineer(new RulePromptEngineer()))
                : environment.engineers().apply(planning)) {
            return engineer.plan(request, profile);
        }
    }

    private static String recipe(GeneratedImage image) {
        return String.format(
                Locale.ROOT,
                "%dx%d, seed %d, %d steps, guidance %s, %s",
                image.picture().width(),
                image.picture().height(),
                image.seed(),
                image.steps(),
                image.guidanceScale(),
                Sizes.seconds(image.seconds()));
    }
}
