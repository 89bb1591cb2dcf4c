package dev.atelier.engine.generation;

import dev.atelier.engine.dit.ReferenceCache;
import dev.atelier.engine.image.Picture;
import dev.atelier.engine.pipeline.EditScope;
import dev.atelier.engine.pipeline.GeneratedImage;
import dev.atelier.engine.pipeline.ImageRequest;
import dev.atelier.engine.pipeline.SequenceRequest;
import dev.atelier.engine.tensor.Scopes;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** One shot after the other, each a reference of those after it, on the device's thread. */
final class SequenceGeneration {
    private final References references;
    private final ImageGeneration generation;
    private final PostProcessor postProcessor;
    private final WorkPlan plan;

    SequenceGeneration(References references, ImageGeneration generation, PostProcessor postProcessor, WorkPlan plan) {
        this.references = references;
        this.generation = generation;
        this.postProcessor = postProcessor;
        this.plan = plan;
    }

    /** @param start of the whole sequence */
    List<GeneratedImage> run(SequenceRequest request, GenerationContext start) {
        int shots = request.shots().size();
        List<Picture> seen = new ArrayList<>(request.template().references());
        seen.addAll(request.earlier());
        List<Picture> prepared = seen.stream().map(references::prepare).toList();
        ImageGeneration.Settings settings = generation.settings(request.template(), prepared);
        expect(request, prepared, settings, start.meter());
        ReferenceCache cache = ReferenceCache.EMPTY;
        try {
            if (!prepared.isEmpty()) {
                cache = grow(cache, references.encode(prepared, start), 0, settings);
                start.done(Work.REFERENCES);
            }
            List<GeneratedImage> out = new ArrayList<>();
            for (int k = 0; k < shots; k++) {
                long begin = System.nanoTime();
                ImageRequest shot = single(request, request.shots().get(k));
                GenerationContext context = start.at(k);
                ReferenceCache earlier = cache;
                Tensor latents = Scopes.owned(() -> generation.denoise(shot, settings, List.of(), earlier, context));
                try {
                    Picture picture = postProcessor.picture(latents, shot, 0, settings, context);
                    if (k + 1 < shots) {
                        cache = grow(cache, List.of(latents), seen.size() + k, settings);
                        context.done(Work.REFERENCES);
                    } else {
                        context.listener().onProgress(context.meter().finish());
                    }
                    double seconds = (System.nanoTime() - begin) / 1e9;
                    out.add(settings.image(
                            k, picture, shot.prompt(), shot.seeds().getFirst(), seconds));
                    context.listener().onImage(out.getLast());
                } finally {
                    latents.close();
                }
            }
            return out;
        } finally {
            cache.close();
        }
    }

    private void expect(
            SequenceRequest request, List<Picture> prepared, ImageGeneration.Settings settings, WorkMeter meter) {
        long cached = references.tokenCount(prepared);
        plan.expectReferences(meter, cached, 0);
        long shotTokens = (long) settings.canvas().rows() * settings.canvas().columns();
        for (int k = 0; k < request.shots().size(); k++) {
            plan.expect(meter, single(request, request.shots().get(k)), settings, new WorkPlan.Seen(0, cached));
            if (k + 1 < request.shots().size()) {
                plan.expectReferences(meter, shotTokens, cached);
                cached += shotTokens;
            }
        }
    }

    /** A cache with {@code latents} added that the caller owns; {@code cache} is closed. */
    private ReferenceCache grow(
            ReferenceCache cache, List<Tensor> latents, int first, ImageGeneration.Settings settings) {
        ReferenceCache grown = references
                .extend(cache, latents, first, settings.guidanceScale())
                .owned();
        cache.close();
        return grown;
    }

    private static ImageRequest single(SequenceRequest request, SequenceRequest.Shot shot) {
        return request.template().toBuilder()
                .prompt(shot.prompt())
                .seed(shot.seed())
                .references(List.of())
                .referenceCache(true)
                .edit(EditScope.FREE)
                .build();
    }
}
