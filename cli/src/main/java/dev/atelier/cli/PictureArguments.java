package dev.atelier.cli;

import dev.atelier.engine.pipeline.ImagePipeline;
import dev.atelier.engine.pipeline.ModelInfo;
import dev.atelier.prompt.GenerationPlan;
import dev.atelier.prompt.GenerationRequest;
import dev.atelier.prompt.ModelProfile;
import dev.atelier.prompt.Output;
import dev.atelier.prompt.SequenceWish;
import dev.atelier.prompt.vocabulary.VocabularyAdapter;
import java.nio.file.Path;
import java.util.List;
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
     * @param edit what of the first reference may change
     * @param adjust changes the plan before it is carried out
     */
    int make(
            Environment environment,
            String prompt,
            List<Path> references,
            SequenceWish sequence,
            EditArguments edit,
            UnaryOperator<GenerationPlan> adjust) {
        OutputFiles files = output.files();
        GenerationRequest request = new GenerationRequest(
                "local",
                sampling.prompt(prompt),
                dev.atelier.prompt.References.of(
                        references.stream().map(Path::toString).toList()),
                sampling.size(),
                sequence,
                sampling.sampling(),
                Output.defaults());
        EditArguments.Source source = edit.source(References.read(references));
        try (Interruption interruption = Interruption.watch(environment.terminal());
                ImagePipeline pipeline = engine.open(environment)) {
            GenerationPlan plan = adjust.apply(environment.engineer().plan(request, profile(pipeline.info())));
            if (plan.reasons().size() > 1) {
                environment.terminal().note("plan: " + String.join("; ", plan.reasons()));
            }
            plan.warnings().forEach(warning -> environment.terminal().note("note: " + warning));
            new PictureJob(plan, request.sampling(), source.pictures(), source.scope(), files, environment.terminal())
                    .run(pipeline, interruption.cancellation());
        }
        return ExitCode.OK;
    }

    private static ModelProfile profile(ModelInfo info) {
        return ModelProfile.of(info.name(), info.defaultSize(), info.sizeMultiple())
                .withVocabulary(VocabularyAdapter.nameFor(info.name()));
    }
}
