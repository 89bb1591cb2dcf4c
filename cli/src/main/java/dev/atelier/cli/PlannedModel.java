package dev.atelier.cli;

import dev.atelier.engine.image.Picture;
import dev.atelier.engine.pipeline.Cancellation;
import dev.atelier.engine.pipeline.GenerationListener;
import dev.atelier.engine.pipeline.ImagePipeline;
import dev.atelier.prompt.GenerationPlan;
import dev.atelier.prompt.GenerationRequest;
import dev.atelier.prompt.ModelProfile;
import dev.atelier.prompt.PromptEngineer;
import dev.atelier.prompt.Sampling;
import dev.atelier.prompt.SizeWish;
import dev.atelier.studio.EditSources;
import dev.atelier.studio.ModelProfiles;
import dev.atelier.studio.PlannedPictures;
import dev.atelier.training.evaluation.ExamModel;
import java.util.List;

/**
 * A model as the commands and the service use it.
 *
 * @param lettering what becomes of quoted text
 * @param sampling of every picture but for its seed
 */
record PlannedModel(
        String name,
        ImagePipeline pipeline,
        PromptEngineer engineer,
        LetteringArguments lettering,
        Sampling sampling,
        Cancellation cancellation)
        implements ExamModel {
    /** A square of the model's own size, whatever shape the words name: judges see squares. */
    @Override
    public Picture draw(String prompt, long seed) {
        int side = pipeline.info().defaultSize();
        GenerationRequest request = GenerationRequest.of("local", prompt)
                .withSequence(Counts.independent(1))
                .withSize(SizeWish.parse(side + "x" + side))
                .withSampling(new Sampling(sampling.steps(), sampling.guidanceScale(), seed));
        ModelProfile profile = ModelProfiles.of(pipeline.info());
        GenerationPlan plan = lettering.applied(engineer.plan(request, profile), request, profile, pipeline.info());
        PlannedPictures pictures = new PlannedPictures(plan, request.sampling(), EditSources.NONE);
        return pipeline.generate(pictures.request(List.of(0)), GenerationListener.NONE, cancellation)
                .getFirst()
                .picture();
    }
}
