package dev.atelier.engine.generation;

import dev.atelier.engine.dit.ReferenceCache;
import dev.atelier.engine.image.Picture;
import dev.atelier.engine.nn.LinearAdapter;
import dev.atelier.engine.pipeline.Cancellation;
import dev.atelier.engine.pipeline.EngineOptions;
import dev.atelier.engine.pipeline.GeneratedImage;
import dev.atelier.engine.pipeline.GenerationListener;
import dev.atelier.engine.pipeline.ImagePipeline;
import dev.atelier.engine.pipeline.ImageRequest;
import dev.atelier.engine.pipeline.ModelInfo;
import dev.atelier.engine.pipeline.SequenceRequest;
import dev.atelier.engine.tensor.DeviceThread;
import dev.atelier.engine.vae.LatentPreview;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * A FLUX.2-family model folder as Hugging Face publishes it, loaded.
 *
 * <pre>{@code
 * try (var pipeline = Flux2Pipeline.open(Path.of("FLUX.2-klein-4B"), EngineOptions.defaults())) {
 *     var images = pipeline.generate(ImageRequest.of("a red fox in snow", 7));
 * }
 * }</pre>
 */
public final class Flux2Pipeline implements ImagePipeline {
    private final DeviceThread thread;
    private final Components components;
    private final PromptEncoder prompts;
    private final LatentPreview preview;
    private final References references;
    private final ImageGeneration generation;
    private final PostProcessor postProcessor;
    private final WorkPlan plan;
    private final SequenceGeneration sequences;
    private final WorkSpeeds speeds = new WorkSpeeds();
    private final ModelInfo info;

    /** Takes {@code thread} and {@code components} over: both are closed with it. */
    Flux2Pipeline(DeviceThread thread, Components components, Path folder, EngineOptions options) {
        this.thread = thread;
        this.components = components;
        prompts = new PromptEncoder(components, options.device());
        preview = new LatentPreview(components.vae, options.device());
        references = new References(components, options.device());
        Denoiser denoiser =
                new Denoiser(components.transformer, components.scheduler.predictsSample(), options.device());
        generation = new ImageGeneration(components, options.device(), prompts, denoiser, preview);
        TiledUpscaler upscaler = new TiledUpscaler(components, options.device(), references, denoiser);
        postProcessor = new PostProcessor(components, generation, upscaler);
        plan = new WorkPlan(components, prompts, generation, upscaler);
        sequences = new SequenceGeneration(references, generation, postProcessor, plan);
        ModelIndex index = components.index;
        int multiple = components.vae.sizeMultiple();
        info = new ModelInfo(
                index.name(),
                folder,
                index.distilled(),
                multiple,
                index.sizes(multiple).best(),
                index.defaultSteps(),
                index.defaultGuidanceScale(),
                References.mostPixels(index.sizes(multiple)),
                index.glyphReference(),
                components.parameters(),
                options.precision().label(),
                options.device());
    }

    /**
     * Loads {@code folder}; weights stay on disk, memory-mapped, until they are used.
     *
     * @throws dev.atelier.engine.tensor.EngineException naming the file, the tensor or key, what was found and what was expected
     */
    public static Flux2Pipeline open(Path folder, EngineOptions options) {
        DeviceThread thread =
                new DeviceThread("atelier-" + options.device(), options.device().isCuda() ? 0 : options.nice());
        try {
            return thread.call(() -> {
                if (options.threads() > 0) {
                    DeviceThread.setThreads(options.threads());
                }
                return new Flux2Pipeline(
                        thread,
                        new Components(folder, ModelIndex.read(folder), options, LinearAdapter.NONE),
                        folder,
                        options);
            });
        } catch (RuntimeException e) {
            thread.close();
            throw e;
        }
    }

    /** Loads libtorch, which every pipeline needs; the first time on a machine it is unpacked, which takes some seconds. */
    public static void loadLibraries() {
        new DeviceThread("atelier-libraries").close();
    }

    @Override
    public ModelInfo info() {
        return info;
    }

    @Override
    public List<GeneratedImage> generate(ImageRequest request, GenerationListener listener, Cancellation cancellation) {
        List<GeneratedImage> images = thread.call(() -> run(request, listener, cancellation));
        thread.trim();
        return images;
    }

    @Override
    public List<GeneratedImage> generateSequence(
            SequenceRequest request, GenerationListener listener, Cancellation cancellation) {
        List<GeneratedImage> images =
                thread.call(() -> sequences.run(request, context(request.shots().size(), listener, cancellation)));
        thread.trim();
        return images;
    }

    private GenerationContext context(int images, GenerationListener listener, Cancellation cancellation) {
        return new GenerationContext(0, images, listener, cancellation, new WorkMeter(speeds, System::nanoTime));
    }

    private List<GeneratedImage> run(ImageRequest request, GenerationListener listener, Cancellation cancellation) {
        long start = System.nanoTime();
        int images = request.seeds().size();
        GenerationContext context = context(images, listener, cancellation);
        List<Picture> prepared =
                request.references().stream().map(references::prepare).toList();
        ImageGeneration.Settings settings = generation.settings(request, prepared);
        boolean cache = !prepared.isEmpty() && (request.referenceCache() || components.index.referenceCache());
        long tokens = references.tokenCount(prepared);
        plan.expectReferences(context.meter(), tokens, 0);
        plan.expect(context.meter(), request, settings, new WorkPlan.Seen(cache ? 0 : tokens, cache ? tokens : 0));
        List<Tensor> latents = references.encode(prepared, context);
        ReferenceCache cached = cache
                ? references.extend(ReferenceCache.EMPTY, latents, 0, settings.guidanceScale())
                : ReferenceCache.EMPTY;
        context.done(Work.REFERENCES);
        Tensor made = generation.denoise(request, settings, cache ? List.of() : latents, cached, context);
        double together = seconds(start) / images;
        List<GeneratedImage> out = new ArrayList<>();
        for (int i = 0; i < images; i++) {
            long begin = System.nanoTime();
            Picture picture = postProcessor.picture(made.narrow(0, i, 1), request, i, settings, context.at(i));
            if (i == images - 1) {
                listener.onProgress(context.meter().finish());
            }
            long seed = request.seeds().get(i);
            out.add(settings.image(i, picture, request.prompt(), seed, together + seconds(begin)));
            listener.onImage(out.getLast());
        }
        return out;
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    @Override
    public void close() {
        thread.call(() -> {
            prompts.close();
            preview.close();
            components.close();
            return null;
        });
        thread.close();
    }
}
