package dev.atelier.engine.pipeline;

import dev.atelier.engine.dit.ReferenceCache;
import dev.atelier.engine.image.Picture;
import dev.atelier.engine.tensor.DeviceThread;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
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
 *     var images = pipeline.generate(ImageRequest.of("a red fox in snow", 7), GenerationListener.NONE, Cancellation.none());
 * }
 * }</pre>
 */
public final class Flux2Pipeline implements ImagePipeline {
    /** The largest picture made in one pass, pixels (4096 x 4096). */
    public static final long MAX_PIXELS = 4096L * 4096;

    private final DeviceThread thread;
    private final Components components;
    private final PromptEncoder prompts;
    private final LatentPreview preview;
    private final ImageGeneration generation;
    private final ModelInfo info;

    private Flux2Pipeline(DeviceThread thread, Components components, Path folder, EngineOptions options) {
        this.thread = thread;
        this.components = components;
        prompts = new PromptEncoder(components, options.device());
        preview = new LatentPreview(components.vae, options.device());
        generation = new ImageGeneration(components, options.device(), prompts, preview);
        ModelIndex index = components.index;
        int multiple = components.vae.sizeMultiple();
        info = new ModelInfo(
                index.name(),
                folder,
                index.distilled(),
                multiple,
                index.sideOrDefault(multiple),
                index.defaultSteps(),
                index.defaultGuidanceScale(),
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
        DeviceThread thread = new DeviceThread("atelier-" + options.device());
        try {
            return thread.call(() -> {
                if (options.threads() > 0) {
                    DeviceThread.setThreads(options.threads());
                }
                return new Flux2Pipeline(
                        thread, new Components(folder, ModelIndex.read(folder), options), folder, options);
            });
        } catch (RuntimeException e) {
            thread.close();
            throw e;
        }
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
        List<GeneratedImage> images = thread.call(() -> runSequence(request, listener, cancellation));
        thread.trim();
        return images;
    }

    /** Final latents (image, channel, row, column) of a request without references, row-major: what precisions are compared by. */
    float[] latents(ImageRequest request) {
        return thread.call(() -> {
            ImageGeneration.Place place =
                    new ImageGeneration.Place(0, request.seeds().size(), GenerationListener.NONE, Cancellation.none());
            ImageGeneration.Settings settings = generation.settings(request, List.of(), info);
            return Tensors.toFloats(generation.denoise(request, settings, List.of(), ReferenceCache.EMPTY, place));
        });
    }

    private List<GeneratedImage> run(ImageRequest request, GenerationListener listener, Cancellation cancellation) {
        long start = System.nanoTime();
        ImageGeneration.Place place =
                new ImageGeneration.Place(0, request.seeds().size(), listener, cancellation);
        List<Picture> prepared = request.references().stream()
                .map(generation.references()::prepare)
                .toList();
        ImageGeneration.Settings settings = generation.settings(request, prepared, info);
        List<Tensor> latents = encode(prepared, place);
        boolean cache = !latents.isEmpty() && (request.referenceCache() || components.index.referenceCache());
        ReferenceCache cached = cache
                ? generation.references().extend(ReferenceCache.EMPTY, latents, 0, settings.guidanceScale())
                : ReferenceCache.EMPTY;
        Tensor made = generation.denoise(request, settings, cache ? List.of() : latents, cached, place);
        List<Picture> pictures = generation.decode(made, place);
        double seconds = (System.nanoTime() - start) / 1e9 / pictures.size();
        List<GeneratedImage> out = new ArrayList<>();
        for (int i = 0; i < pictures.size(); i++) {
            GeneratedImage image =
                    image(i, pictures.get(i), request.prompt(), request.seeds().get(i), settings, seconds);
            listener.onImage(image);
            out.add(image);
        }
        return out;
    }

    private List<GeneratedImage> runSequence(
            SequenceRequest request, GenerationListener listener, Cancellation cancellation) {
        int shots = request.shots().size();
        ImageGeneration.Place start = new ImageGeneration.Place(0, shots, listener, cancellation);
        List<Picture> seen = new ArrayList<>(request.template().references());
        seen.addAll(request.earlier());
        List<Picture> prepared =
                seen.stream().map(generation.references()::prepare).toList();
        ImageGeneration.Settings settings = generation.settings(request.template(), prepared, info);
        ReferenceCache cache = ReferenceCache.EMPTY;
        try {
            if (!prepared.isEmpty()) {
                cache = grow(cache, encode(prepared, start), 0, settings);
            }
            List<GeneratedImage> out = new ArrayList<>();
            for (int k = 0; k < shots; k++) {
                long begin = System.nanoTime();
                SequenceRequest.Shot shot = request.shots().get(k);
                ImageGeneration.Place place = new ImageGeneration.Place(k, shots, listener, cancellation);
                ReferenceCache references = cache;
                Tensor latents = Scopes.owned(
                        () -> generation.denoise(single(request, shot), settings, List.of(), references, place));
                try {
                    Picture picture = generation.decode(latents, place).getFirst();
                    if (k + 1 < shots) {
                        cache = grow(cache, List.of(latents), seen.size() + k, settings);
                    }
                    double seconds = (System.nanoTime() - begin) / 1e9;
                    GeneratedImage image = image(k, picture, shot.prompt(), shot.seed(), settings, seconds);
                    listener.onImage(image);
                    out.add(image);
                } finally {
                    latents.close();
                }
            }
            return out;
        } finally {
            cache.close();
        }
    }

    /** A cache with {@code latents} added that the caller owns; {@code cache} is closed. */
    private ReferenceCache grow(
            ReferenceCache cache, List<Tensor> latents, int first, ImageGeneration.Settings settings) {
        ReferenceCache grown = generation
                .references()
                .extend(cache, latents, first, settings.guidanceScale())
                .owned();
        cache.close();
        return grown;
    }

    private static ImageRequest single(SequenceRequest request, SequenceRequest.Shot shot) {
        ImageRequest t = request.template();
        return new ImageRequest(
                shot.prompt(),
                t.negativePrompt(),
                t.width(),
                t.height(),
                t.steps(),
                t.guidanceScale(),
                List.of(shot.seed()),
                List.of(),
                true,
                t.sigmas());
    }

    private List<Tensor> encode(List<Picture> prepared, ImageGeneration.Place place) {
        if (prepared.isEmpty()) {
            return List.of();
        }
        place.cancellation().check();
        place.listener().onStage(GenerationListener.Stage.REFERENCES, place.firstImage());
        return generation.references().encode(prepared);
    }

    private static GeneratedImage image(
            int index, Picture picture, String prompt, long seed, ImageGeneration.Settings settings, double seconds) {
        return new GeneratedImage(
                index, picture, prompt, seed, settings.schedule().steps(), settings.guidanceScale(), seconds);
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
