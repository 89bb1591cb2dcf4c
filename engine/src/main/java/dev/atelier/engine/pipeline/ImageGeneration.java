package dev.atelier.engine.pipeline;

import dev.atelier.engine.dit.Positions;
import dev.atelier.engine.dit.ReferenceCache;
import dev.atelier.engine.image.Picture;
import dev.atelier.engine.image.PictureTensors;
import dev.atelier.engine.sampling.FlowMatchSchedule;
import dev.atelier.engine.sampling.Noise;
import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.Device;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import dev.atelier.engine.vae.LatentPreview;
import dev.atelier.engine.vae.Patches;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** The steps of one generation on the device's thread: text, references, denoising, decoding. */
final class ImageGeneration {
    private final Components components;
    private final Device device;
    private final PromptEncoder prompts;
    private final References references;
    private final Denoiser denoiser;
    private final LatentPreview preview;

    /** Size in pixels and tokens, steps and guidance after the model's defaults were filled in. */
    record Settings(int width, int height, int rows, int columns, FlowMatchSchedule schedule, double guidanceScale) {}

    /** Where a generation's images stand within the request. */
    record Place(int firstImage, int images, GenerationListener listener, Cancellation cancellation) {}

    ImageGeneration(Components components, Device device, PromptEncoder prompts, LatentPreview preview) {
        this.components = components;
        this.device = device;
        this.prompts = prompts;
        this.preview = preview;
        references = new References(components, device);
        denoiser = new Denoiser(components.transformer, components.scheduler.predictsSample(), device);
    }

    References references() {
        return references;
    }

    /** @param prepared references, the first of which gives the size when the request has none */
    Settings settings(ImageRequest request, List<Picture> prepared, ModelInfo info) {
        int multiple = components.vae.sizeMultiple();
        int width = request.width();
        int height = request.height();
        if (width == 0) {
            width = prepared.isEmpty()
                    ? info.defaultSize()
                    : prepared.getFirst().width();
            height = prepared.isEmpty()
                    ? info.defaultSize()
                    : prepared.getFirst().height();
        }
        int columns = width / multiple;
        int rows = height / multiple;
        if (columns < 1 || rows < 1) {
            throw new IllegalArgumentException("size: " + width + "x" + height + " has a side below " + multiple
                    + ", the smallest this model makes");
        }
        if ((long) width * height > Flux2Pipeline.MAX_PIXELS) {
            throw new IllegalArgumentException("size: " + width + "x" + height + " is " + (long) width * height
                    + " pixels; at most " + Flux2Pipeline.MAX_PIXELS + " are made");
        }
        int steps = request.steps() == 0 ? info.defaultSteps() : request.steps();
        long tokens = (long) rows * columns;
        FlowMatchSchedule schedule = request.sigmas().isEmpty()
                ? FlowMatchSchedule.of(components.scheduler, steps, tokens)
                : FlowMatchSchedule.of(components.scheduler, request.sigmas(), tokens);
        double guidance = request.guidanceScale() < 0 ? info.defaultGuidance() : request.guidanceScale();
        return new Settings(columns * multiple, rows * multiple, rows, columns, schedule, guidance);
    }

    /**
     * Denoises one image a seed.
     *
     * @param free latents of references that attend freely; empty with a cache
     * @return latents (B, C, h, w), owned by the innermost scope
     */
    Tensor denoise(ImageRequest request, Settings settings, List<Tensor> free, ReferenceCache cached, Place place) {
        return Scopes.scoped(() -> {
            int batch = request.seeds().size();
            GenerationListener listener = place.listener();
            place.cancellation().check();
            listener.onStage(GenerationListener.Stage.TEXT, place.firstImage());
            boolean guided = settings.guidanceScale() > 1
                    && !components.index.distilled()
                    && !components.transformer.config().guidanceEmbeds();
            int length = prompts.length(request.prompt());
            if (guided) {
                length = Math.max(length, prompts.length(request.negativePrompt()));
            }
            Tensor promptEmbeds = repeat(prompts.encode(request.prompt(), length), batch);
            Tensor negative = guided ? repeat(prompts.encode(request.negativePrompt(), length), batch) : null;
            place.cancellation().check();
            Tensor positions = positions(promptEmbeds.size(1), settings, free);
            Denoiser.Conditioning conditioning = new Denoiser.Conditioning(
                    promptEmbeds,
                    negative,
                    settings.guidanceScale(),
                    free.isEmpty() ? null : repeat(Tensors.to(References.tokens(free), computeType()), batch),
                    components.transformer.turns(positions, device),
                    cached);
            listener.onStage(GenerationListener.Stage.DENOISE, place.firstImage());
            Tensor tokens = denoiser.run(
                    noise(request.seeds(), settings), conditioning, settings.schedule(), observer(settings, place));
            return Patches.unpack(tokens, settings.rows(), settings.columns());
        });
    }

    private Denoiser.StepObserver observer(Settings settings, Place place) {
        long start = System.nanoTime();
        int steps = settings.schedule().steps();
        return (step, latents) -> {
            double seconds = (System.nanoTime() - start) / 1e9 / step;
            place.listener()
                    .onStep(new GenerationListener.StepProgress(
                            place.firstImage(), place.images(), step, steps, seconds));
            if (place.listener().wantsPreviews() && step < steps) {
                for (int i = 0; i < latents.size(0); i++) {
                    Tensor one = latents.narrow(0, i, 1);
                    place.listener()
                            .onPreview(
                                    place.firstImage() + i,
                                    preview.picture(Patches.unpack(one, settings.rows(), settings.columns())));
                }
            }
            place.cancellation().check();
        };
    }

    /** One picture an image of the batch. */
    List<Picture> decode(Tensor latents, Place place) {
        List<Picture> out = new ArrayList<>();
        for (int i = 0; i < latents.size(0); i++) {
            int index = i;
            place.cancellation().check();
            place.listener().onStage(GenerationListener.Stage.DECODE, place.firstImage() + i);
            out.add(Scopes.plain(() -> PictureTensors.fromTensor(
                    components.vae.decode(Tensors.to(latents.narrow(0, index, 1), computeType())))));
        }
        return out;
    }

    private Tensor noise(List<Long> seeds, Settings settings) {
        List<Tensor> out = new ArrayList<>();
        for (long seed : seeds) {
            out.add(Patches.pack(
                    Noise.normal(seed, components.vae.tokenChannels(), settings.rows(), settings.columns())));
        }
        return Tensors.to(Tensors.cat(0, out), device);
    }

    static Tensor positions(long textTokens, Settings settings, List<Tensor> free) {
        Tensor own = Tensors.cat(0, Positions.text(textTokens), Positions.image(settings.rows(), settings.columns()));
        return free.isEmpty() ? own : Tensors.cat(0, own, References.positions(free, 0));
    }

    private static Tensor repeat(Tensor x, int batch) {
        return batch == 1 ? x : x.expand(batch, x.size(1), x.size(2));
    }

    private DType computeType() {
        return device.isCuda() ? DType.BF16 : DType.F32;
    }
}
