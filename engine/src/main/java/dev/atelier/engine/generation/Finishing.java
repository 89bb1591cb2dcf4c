package dev.atelier.engine.generation;

import dev.atelier.engine.image.Picture;
import dev.atelier.engine.image.PictureMask;
import dev.atelier.engine.image.PictureResizer;
import dev.atelier.engine.image.PictureTensors;
import dev.atelier.engine.pipeline.EditScope;
import dev.atelier.engine.pipeline.GenerationListener;
import dev.atelier.engine.pipeline.ImageRequest;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;

/** From latents to the finished picture: decoded, brought to the wanted size, refined, put into the picture that is edited. */
final class Finishing {
    private final Components components;
    private final ImageGeneration generation;
    private final Refinement refinement;

    Finishing(Components components, ImageGeneration generation, Refinement refinement) {
        this.components = components;
        this.generation = generation;
        this.refinement = refinement;
    }

    /** @param latents (1, C, h, w) @param request whose only or {@code index}-th seed they were made from */
    Picture picture(Tensor latents, ImageRequest request, int index, ImageGeneration.Settings settings, Place place) {
        Canvas canvas = settings.canvas();
        place.stage(GenerationListener.Stage.DECODE);
        Picture base = decode(latents, place);
        if (components.sharpener != null) {
            base = sharpened(base, request, index, settings, place);
        }
        Refiner refiner = (enlarged, mask) -> components.sharpener == null && refinement.wanted(canvas)
                ? refinement.refine(
                        new Refinement.Subject(
                                enlarged, latents, mask, request.seeds().get(index)),
                        generation.text(request, settings).positive(),
                        settings,
                        place)
                : enlarged;
        Picture made = request.edit().bound()
                ? edited(base, request, canvas, refiner)
                : refiner.refine(canvas.cover(base), null);
        place.done(Work.SCALE);
        return made;
    }

    /** The base picture sharpened, and enlarged to about the wanted size where that is larger. */
    private Picture sharpened(
            Picture base, ImageRequest request, int index, ImageGeneration.Settings settings, Place place) {
        return components.sharpener.enlarge(
                base,
                settings.canvas().largestNeeded(),
                new Sharpener.Conditioning(
                        generation.text(request, settings).positive(),
                        request.references(),
                        request.seeds().get(index)),
                place);
    }

    /** Adds detail if the size wants it. */
    @FunctionalInterface
    private interface Refiner {
        Picture refine(Picture enlarged, PictureMask mask);
    }

    private static Picture edited(Picture base, ImageRequest request, Canvas canvas, Refiner refiner) {
        Picture source = PictureResizer.resize(request.references().getFirst(), canvas.width(), canvas.height());
        EditScope edit = request.edit();
        if (edit.level() == 0) {
            return source;
        }
        Picture made = canvas.stretch(base);
        if (edit.mask() == null) {
            return refiner.refine(made, null);
        }
        PictureMask mask = PictureMask.of(edit.mask(), canvas.width(), canvas.height());
        return mask.composite(refiner.refine(mask.composite(made, source), mask), source);
    }

    private Picture decode(Tensor latents, Place place) {
        return Scopes.plain(() -> PictureTensors.fromTensor(
                components.vae.decode(Tensors.to(latents, components.computeType()), place.after(Work.DECODE))));
    }
}
