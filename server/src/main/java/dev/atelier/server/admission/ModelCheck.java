package dev.atelier.server.admission;

import dev.atelier.engine.generation.ModelOutline.Guidance;
import dev.atelier.prompt.GenerationRequest;
import dev.atelier.prompt.Sampling;
import dev.atelier.server.catalog.Listing;
import dev.atelier.server.catalog.ModelEntry;
import dev.atelier.server.catalog.ModelFolders;
import dev.atelier.server.error.ApiException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** Holds a request against what its model does. */
@Component
class ModelCheck {
    private static final double NO_GUIDANCE = 1;

    private final ModelFolders folders;

    ModelCheck(ModelFolders folders) {
        this.folders = folders;
    }

    /** @throws ApiException 400 naming field, value and bound where the listing cannot do what is asked */
    void require(GenerationRequest request, Listing listing) {
        ModelEntry.Bounds bounds = listing.model().bounds();
        int references = request.references().images().size();
        if (listing.variant().needsImages() && references == 0) {
            throw ApiException.invalid("images", "missing; " + listing.name() + " needs 1 to " + bounds.references());
        }
        if (references > bounds.references()) {
            throw ApiException.invalid(
                    "images", references + " references; at most " + bounds.references() + " are allowed");
        }
        if (request.sampling().steps() > bounds.maxSteps()) {
            throw ApiException.invalid(
                    "steps",
                    request.sampling().steps() + " is more than " + bounds.maxSteps() + ", the most that "
                            + listing.name() + " takes");
        }
    }

    /** What of the request does nothing with its model, as far as this process knows the model. */
    List<String> idle(GenerationRequest request, ModelEntry model) {
        return folders.outline(model)
                .map(outline -> idle(request, model, outline.guidance()))
                .orElse(List.of());
    }

    private static List<String> idle(GenerationRequest request, ModelEntry model, Guidance guidance) {
        List<String> told = new ArrayList<>();
        double given = request.sampling().guidanceScale();
        double scale = given == Sampling.MODEL_GUIDANCE ? model.defaults().guidanceScale() : given;
        boolean guided = guidance == Guidance.CLASSIFIER_FREE && scale > NO_GUIDANCE;
        if (guidance == Guidance.NONE && given > NO_GUIDANCE) {
            told.add("guidance_scale: has no effect on " + model.id()
                    + ", which was made for few steps without guidance");
        }
        if (!request.prompt().negative().isEmpty() && !guided) {
            told.add("negative_prompt: has no effect on " + model.id()
                    + (guidance == Guidance.CLASSIFIER_FREE ? " at a guidance_scale of 1 or less" : ""));
        }
        return told;
    }
}
