package dev.atelier.server.queue;

import dev.atelier.engine.generation.ModelOutline;
import dev.atelier.engine.generation.ModelOutline.Guidance;
import dev.atelier.engine.image.Margins;
import dev.atelier.engine.image.PictureSize;
import dev.atelier.prompt.GenerationPlan;
import dev.atelier.prompt.GenerationRequest;
import dev.atelier.prompt.References;
import dev.atelier.prompt.Sampling;
import dev.atelier.prompt.SizeWish;
import dev.atelier.server.access.ApiKey;
import dev.atelier.server.catalog.ModelEntry;
import dev.atelier.server.catalog.ModelFolders;
import dev.atelier.server.error.ApiException;
import dev.atelier.server.media.ReferenceResolver;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** Holds a request against what its model can do before it is queued, as far as this process knows the model. */
@Component
class SourceCheck {
    private static final String SOURCE = "images[0]";
    private static final double NO_GUIDANCE = 1;

    private final ModelFolders folders;
    private final ReferenceResolver references;

    SourceCheck(ModelFolders folders, ReferenceResolver references) {
        this.folders = folders;
        this.references = references;
    }

    /**
     * Makes sure that an edit which keeps its picture's own size can be made at that size: its picture is fetched now.
     *
     * @param admitted references in their durable form
     * @return the references, of which the first is a file of this service where it had to be looked at
     * @throws ApiException naming the field at fault, with the bound
     */
    References requireSize(References admitted, GenerationPlan plan, ModelEntry model, ApiKey key) {
        if (!admitted.bound() || !plan.size().open()) {
            return admitted;
        }
        String source = references.hold(SOURCE, admitted.images().getFirst(), key);
        PictureSize own = PictureSize.of(references.resolve(SOURCE, source, key.id()));
        PictureSize canvas = admitted.outpaint().isEmpty()
                ? own.fitArea(Math.min(SizeWish.MAX_PIXELS, model.bounds().maxPixels()))
                : extended(own, admitted.outpaint());
        folders.outline(model).ifPresent(outline -> requireSize(canvas, outline));
        List<String> images = new ArrayList<>(admitted.images());
        images.set(0, source);
        return new References(images, admitted.mask(), admitted.strength(), admitted.outpaint());
    }

    private static PictureSize extended(PictureSize own, String outpaint) {
        try {
            return Margins.parse(outpaint).canvas(own);
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid("outpaint", e.getMessage().replaceFirst("^outpaint: ", ""));
        }
    }

    private static void requireSize(PictureSize canvas, ModelOutline outline) {
        try {
            outline.requireSize(canvas);
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid(
                    SOURCE,
                    e.getMessage().replaceFirst("^size: ", "")
                            + "; an edit with a mask, a strength or an outpainting has its picture's size unless size says another");
        }
    }

    /** What of the sampling does nothing with this model. */
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
