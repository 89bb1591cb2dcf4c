package dev.atelier.server.admission;

import dev.atelier.engine.generation.ModelOutline;
import dev.atelier.engine.image.Margins;
import dev.atelier.engine.image.PictureSize;
import dev.atelier.prompt.GenerationPlan;
import dev.atelier.prompt.References;
import dev.atelier.prompt.SizeWish;
import dev.atelier.server.catalog.ModelEntry;
import dev.atelier.server.catalog.ModelFolders;
import dev.atelier.server.error.ApiException;
import dev.atelier.server.media.ReferenceResolver;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** The pictures that a request starts from: in a form that lasts, and known to suit what is planned. */
@Component
class RequestSources {
    private static final String SOURCE = "images[0]";

    private final ModelFolders folders;
    private final ReferenceResolver references;

    RequestSources(ModelFolders folders, ReferenceResolver references) {
        this.folders = folders;
        this.references = references;
    }

    /**
     * The references in their durable form: what was sent inline is stored, addresses are checked.
     *
     * @throws ApiException naming the field at fault
     */
    References admit(References given, String owner) {
        List<String> images = new ArrayList<>();
        for (int i = 0; i < given.images().size(); i++) {
            images.add(references.admit("images[" + i + "]", given.images().get(i), owner));
        }
        String mask = given.mask().isEmpty() ? "" : references.admit("mask", given.mask(), owner);
        return new References(images, mask, given.strength(), given.outpaint());
    }

    /**
     * Makes sure that an edit which keeps its picture's own size can be made at that size: its picture is fetched now.
     *
     * @param admitted references in their durable form
     * @return the references, of which the first is a file of this service where it had to be looked at
     * @throws ApiException naming the field at fault, with the bound
     */
    References settle(References admitted, GenerationPlan plan, ModelEntry model, String owner) {
        if (!admitted.bound() || !plan.size().open()) {
            return admitted;
        }
        String source = references.hold(SOURCE, admitted.images().getFirst(), owner);
        PictureSize own = PictureSize.of(references.resolve(SOURCE, source, owner));
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
}
