package dev.atelier.cli;

import dev.atelier.engine.pipeline.ImagePipeline;
import dev.atelier.prompt.GenerationPlan;
import dev.atelier.prompt.GenerationRequest;
import dev.atelier.prompt.References;
import dev.atelier.prompt.SequenceWish;
import dev.atelier.studio.EditSources;
import dev.atelier.studio.ModelProfiles;
import dev.atelier.studio.PictureStamp;
import dev.atelier.studio.PlanRunner;
import dev.atelier.studio.PlannedPictures;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Mixin;

/** What the commands that make pictures have in common: options, and the way from a prompt to files. */
final class PictureArguments {
    @Mixin
    private SamplingArguments sampling;

    @Mixin
    private OutputArguments output;

    @Mixin
    private EngineArguments engine;

    /**
     * Plans {@code prompt}, makes the pictures and writes them.
     *
     * @param references files, with what of the first one may change
     * @param adjust changes the plan before it is carried out
     */
    int make(
            Environment environment,
            String prompt,
            References references,
            SequenceWish sequence,
            UnaryOperator<GenerationPlan> adjust) {
        Terminal terminal = environment.terminal();
        OutputFiles files = output.files();
        GenerationRequest request = new GenerationRequest(
                "local",
                sampling.prompt(prompt),
                references,
                sampling.size(),
                sequence,
                sampling.sampling(),
                files.output());
        EditSources sources = EditSources.read(references, new ReferenceFiles());
        try (Interruption interruption = Interruption.watch(terminal);
                ImagePipeline pipeline = engine.open(environment)) {
            GenerationPlan plan = adjust.apply(environment.engineer().plan(request, ModelProfiles.of(pipeline.info())));
            if (plan.reasons().size() > 1) {
                terminal.note("plan: " + String.join("; ", plan.reasons()));
            }
            plan.warnings().forEach(warning -> terminal.note("note: " + warning));
            files.prepare(plan.shots().size());
            PictureStamp stamp = new PictureStamp(request, plan, pipeline.info());
            new PlanRunner(pipeline, PlanRunner.BATCH_PIXELS)
                    .run(
                            new PlannedPictures(plan, request.sampling(), sources),
                            PlanRunner.Resumed.NOTHING,
                            call -> new GenerationProgress(
                                    terminal, call, new FinishedPictures(stamp, files, terminal)),
                            interruption.cancellation());
        }
        return ExitCode.OK;
    }
}
