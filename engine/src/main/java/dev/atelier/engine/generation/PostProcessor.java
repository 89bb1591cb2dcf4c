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

/** From latents to the finished picture: decodes, scales and refines it, and puts it into the picture that is edited. */
final class PostProcessor {
    private final Components components;
    private final ImageGeneration generation;
    private final TiledUpscaler upscaler;

    PostProcessor(Components components, ImageGeneration generation, TiledUpscaler upscaler) {
        this.components = components;
        this.generation = generation;
        this.upscaler = upscaler;
    }

    /** @param latents (1, C, h, w) @param request whose only or {@code index}-th seed they were made from */
    Picture picture(
            Tensor latents,
            ImageRequest request,
            int index,
            ImageGeneration.Settings settings,
            GenerationContext context) {
        Canvas canvas = settings.canvas();
        context.stage(GenerationListener.Stage.DECODE);
        Picture base = decode(latents, context);
        if (components.sharpener != null) {
            base = sharpened(base, request, index, settings, context);
        }
        Refiner refiner = (enlarged, mask) -> components.sharpener == null && upscaler.wanted(canvas)
                ? upscaler.refine(
                        new TiledUpscaler.Subject(
                                enlarged, latents, mask, request.seeds().get(index)),
                        generation.text(request, settings).positive(),
                        settings,
                        context)
                : enlarged;
        Picture made = request.edit().bound()
                ? edited(base, request, canvas, refiner)
                : refiner.refine(canvas.cover(base), null);
        context.done(Work.SCALE);
        return made;
    }

    /** The base picture sharpened, and enlarged to about the wanted size where that is larger. */
    private Picture sharpened(
            Picture base,
            ImageRequest request,
            int index,
            ImageGeneration.Settings settings,
            GenerationContext context) {
        return components.sharpener.enlarge(
                base,
                settings.canvas().largestNeeded(),
                new Sharpener.Conditioning(
                        generation.text(request, settings).positive(),
                        request.references(),
                        request.seeds().get(index)),
                context);
    }

    /** Adds detail if the size wants it. */
    @FunctionalInterface
    private interface Refiner {
        Picture refine(Picture enlarged, PictureMask mask);
    }

    private static Picture edited(Picture base, ImageRequest request, Canvas canvas, Refiner refiner) {
        Picture source = PictureResizer.resize(request.references().getFirst(), canvas.width(), canvas.height());
        EditScope edit = request.edit();
        if (edit.effectiveStrength() == 0) {
            return source;
        }
        Picture made = canvas.stretch(base);
        if (edit.mask() == null) {
            return refiner.refine(made, null);
        }
        PictureMask mask = PictureMask.of(edit.mask(), canvas.width(), canvas.height());
        return mask.composite(refiner.refine(mask.composite(made, source), mask), source);
    }

    private Picture decode(Tensor latents, GenerationContext context) {
        return Scopes.plain(() -> PictureTensors.fromTensor(
                components.vae.decode(Tensors.to(latents, components.computeType()), context.after(Work.DECODE))));
    }
}
