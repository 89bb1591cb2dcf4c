package dev.atelier.engine.generation;

import dev.atelier.engine.dit.ReferenceCache;
import dev.atelier.engine.image.Picture;
import dev.atelier.engine.image.PictureMask;
import dev.atelier.engine.image.PictureSize;
import dev.atelier.engine.image.PictureTensors;
import dev.atelier.engine.pipeline.GeneratedImage;
import dev.atelier.engine.pipeline.GenerationListener;
import dev.atelier.engine.pipeline.ImageRequest;
import dev.atelier.engine.sampling.EulerSolver;
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

/** From a request to latents on the device's thread: size, text, noise or the picture to edit, steps. */
final class ImageGeneration {
    private final Components components;
    private final Device device;
    private final PromptEncoder prompts;
    private final Denoiser denoiser;
    private final LatentPreview preview;

    /** Size, steps and guidance after the model's defaults were filled in. */
    record Settings(Canvas canvas, FlowMatchSchedule schedule, double guidanceScale) {
        /** A finished picture of them. @param seconds that it took */
        GeneratedImage image(int index, Picture picture, String prompt, long seed, double seconds) {
            return new GeneratedImage(index, picture, prompt, seed, schedule.steps(), guidanceScale, seconds);
        }
    }

    ImageGeneration(
            Components components, Device device, PromptEncoder prompts, Denoiser denoiser, LatentPreview preview) {
        this.components = components;
        this.device = device;
        this.prompts = prompts;
        this.denoiser = denoiser;
        this.preview = preview;
    }

    /** @param prepared references, the first of which gives the shape when the request has no size */
    Settings settings(ImageRequest request, List<Picture> prepared) {
        int multiple = components.vae.sizeMultiple();
        NativeSizes sizes = components.index.sizes(multiple);
        PictureSize size = size(request, prepared, sizes.best());
        Canvas canvas = Canvas.of(size.width(), size.height(), sizes, multiple);
        int steps = request.steps() == 0 ? components.index.defaultSteps() : request.steps();
        long tokens = (long) canvas.rows() * canvas.columns();
        FlowMatchSchedule schedule = request.sigmas().isEmpty()
                ? FlowMatchSchedule.of(
                        components.scheduler, steps, request.edit().effectiveStrength(), tokens)
                : FlowMatchSchedule.of(components.scheduler, request.sigmas(), tokens);
        double guidance =
                request.guidanceScale() < 0 ? components.index.defaultGuidanceScale() : request.guidanceScale();
        return new Settings(canvas, schedule, guidance);
    }

    private static PictureSize size(ImageRequest request, List<Picture> prepared, int side) {
        if (request.width() > 0) {
            return new PictureSize(request.width(), request.height());
        }
        if (request.edit().bound()) {
            return PictureSize.of(request.references().getFirst()).fitArea(ImageRequest.MAX_PIXELS);
        }
        return prepared.isEmpty() ? new PictureSize(side, side) : PictureSize.of(prepared.getFirst());
    }

    /** Whether each step takes a second pass with the negative prompt. */
    boolean guided(Settings settings) {
        return components.guided(settings.guidanceScale());
    }

    /** Owned by the encoder and valid until some other prompts were encoded. */
    PromptEmbeds text(ImageRequest request, Settings settings) {
        boolean guided = guided(settings);
        int length = textTokens(request, settings);
        return new PromptEmbeds(
                prompts.encode(request.prompt(), length),
                guided ? prompts.encode(request.negativePrompt(), length) : null);
    }

    /** Tokens of the padded prompts. */
    int textTokens(ImageRequest request, Settings settings) {
        int length = prompts.length(request.prompt());
        return guided(settings) ? Math.max(length, prompts.length(request.negativePrompt())) : length;
    }

    /**
     * Denoises one image a seed.
     *
     * @param inlineReferences latents; empty with a cache
     * @return latents (B, C, h, w), owned by the innermost scope
     */
    Tensor denoise(
            ImageRequest request,
            Settings settings,
            List<Tensor> inlineReferences,
            ReferenceCache cached,
            GenerationContext context) {
        return Scopes.scoped(() -> {
            context.stage(GenerationListener.Stage.TEXT);
            PromptEmbeds text = text(request, settings);
            context.done(Work.TEXT);
            Canvas canvas = settings.canvas();
            Tensor positions =
                    References.positions(text.positive().size(1), canvas.rows(), canvas.columns(), inlineReferences);
            Denoiser.Conditioning conditioning = new Denoiser.Conditioning(
                            text.positive(),
                            text.negative(),
                            settings.guidanceScale(),
                            inlineReferences.isEmpty()
                                    ? null
                                    : Tensors.to(References.tokens(inlineReferences), components.computeType()),
                            components.transformer.rotaryEmbedding(positions, device),
                            cached)
                    .repeated(request.seeds().size());
            context.stage(GenerationListener.Stage.DENOISE);
            FlowMatchSchedule schedule = settings.schedule();
            Tensor noise = noise(request.seeds(), canvas);
            StepReports reports = new StepReports(schedule.steps(), canvas, context);
            Tensor tokens;
            if (request.edit().bound()) {
                Inpainting edit = inpainting(request, canvas, noise);
                Tensor start = edit.at(schedule.sigmas().getFirst());
                tokens = denoiser.run(start, conditioning, schedule, edit, reports);
            } else {
                tokens = denoiser.run(noise, conditioning, schedule, EulerSolver.Constraint.NONE, reports);
            }
            return Patches.unpack(tokens, canvas.rows(), canvas.columns());
        });
    }

    private Inpainting inpainting(ImageRequest request, Canvas canvas, Tensor noise) {
        Picture source = canvas.squeeze(request.references().getFirst());
        Tensor image = Tensors.to(Tensors.to(PictureTensors.toTensor(source), device), components.computeType());
        Tensor tokens = Patches.pack(Tensors.to(components.vae.encode(image), DType.F32));
        Picture mask = request.edit().mask();
        if (mask == null) {
            return new Inpainting(tokens, noise, null);
        }
        float[] levels =
                PictureMask.of(mask, canvas.baseWidth(), canvas.baseHeight()).blocks(canvas.multiple());
        return new Inpainting(tokens, noise, Tensors.to(Tensors.of(levels, 1, levels.length, 1), device));
    }

    private Tensor noise(List<Long> seeds, Canvas canvas) {
        List<Tensor> out = new ArrayList<>();
        for (long seed : seeds) {
            out.add(Patches.pack(Noise.normal(seed, components.vae.tokenChannels(), canvas.rows(), canvas.columns())));
        }
        return Tensors.to(Tensors.cat(0, out), device);
    }

    /** Tells of each step of a batch. */
    private final class StepReports implements EulerSolver.Observer {
        private final int steps;
        private final Canvas canvas;
        private final GenerationContext context;
        private final long start = System.nanoTime();

        StepReports(int steps, Canvas canvas, GenerationContext context) {
            this.steps = steps;
            this.canvas = canvas;
            this.context = context;
        }

        @Override
        public void afterStep(int step, Tensor latents) {
            GenerationListener listener = context.listener();
            double seconds = (System.nanoTime() - start) / 1e9 / step;
            listener.onStep(
                    new GenerationListener.StepProgress(context.firstImage(), context.images(), step, steps, seconds));
            context.done(Work.STEP);
            if (listener.wantsPreviews() && step < steps) {
                for (int i = 0; i < latents.size(0); i++) {
                    Tensor one = latents.narrow(0, i, 1);
                    listener.onPreview(
                            context.firstImage() + i,
                            preview.picture(Patches.unpack(one, canvas.rows(), canvas.columns())));
                }
            }
            context.cancellation().check();
        }
    }
}
