package dev.atelier.engine.generation;

import dev.atelier.engine.dit.ReferenceCache;
import dev.atelier.engine.image.Picture;
import dev.atelier.engine.image.PictureMask;
import dev.atelier.engine.image.PictureResizer;
import dev.atelier.engine.image.PictureTensors;
import dev.atelier.engine.pipeline.GenerationListener;
import dev.atelier.engine.sampling.EulerSolver;
import dev.atelier.engine.sampling.FlowMatchSchedule;
import dev.atelier.engine.sampling.Noise;
import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.Device;
import dev.atelier.engine.tensor.OpenBlas;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import dev.atelier.engine.vae.Patches;
import java.util.List;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Gives an enlarged picture the detail that it lacks. Its latents are brought to a middle noise level (SDEdit, Meng et al. 2022) and denoised in
 * overlapping windows of the model's best size, whose directions are blended at every step, so that there is one picture and no seam
 * (MultiDiffusion, Bar-Tal et al. 2023). Each window sees the whole base picture as a cached reference. There is no classifier-free
 * guidance: at low noise it adds no faithfulness, only contrast (Kynkäänniemi et al. 2024).
 */
final class TiledUpscaler {
    /** Detail at low noise needs few steps. */
    private static final int MAX_STEPS = 8;

    private static final int MIN_STEPS = 2;

    /** A window whose weight is below this counts nothing. */
    private static final double LEAST_WEIGHT = 1e-9;

    private final Components components;
    private final Device device;
    private final References references;
    private final Denoiser denoiser;
    private final NativeSizes sizes;

    /** @param base latents (1, C, h, w) of the picture that was enlarged @param mask where {@code enlarged} may change; null: everywhere */
    record Subject(Picture enlarged, Tensor base, PictureMask mask, long seed) {}

    TiledUpscaler(Components components, Device device, References references, Denoiser denoiser) {
        this.components = components;
        this.device = device;
        this.references = references;
        this.denoiser = denoiser;
        sizes = components.index.sizes(components.vae.sizeMultiple());
    }

    /** Whether pictures of this size are refined. */
    boolean wanted(Canvas canvas) {
        return sizes.refines(canvas.width(), canvas.height());
    }

    /** @param steps of the whole schedule, of which the refinement does the last part */
    FlowMatchSchedule schedule(int steps) {
        double noise = sizes.refinementNoise();
        return FlowMatchSchedule.from(noise, Math.clamp(Math.round(steps * noise), MIN_STEPS, MAX_STEPS));
    }

    /** @param mask null: everywhere */
    Windows windows(Canvas canvas, PictureMask mask) {
        int multiple = components.vae.sizeMultiple();
        Canvas grid = Canvas.covering(canvas.width(), canvas.height(), multiple);
        return Windows.over(
                grid.rows(),
                grid.columns(),
                Math.max(1, sizes.best() / multiple),
                mask == null ? null : mask.blocks(multiple));
    }

    /** The picture with more detail, of the same size. @param promptEmbeds (1, L, J) */
    Picture refine(Subject subject, Tensor promptEmbeds, ImageGeneration.Settings settings, GenerationContext context) {
        context.stage(GenerationListener.Stage.REFINE);
        Picture enlarged = subject.enlarged();
        Canvas grid = Canvas.covering(enlarged.width(), enlarged.height(), components.vae.sizeMultiple());
        Windows windows = windows(settings.canvas(), subject.mask());
        Picture made = Scopes.plain(() -> {
            Tensor latents = Scopes.scoped(() -> encode(enlarged, grid));
            context.done(Work.ENCODE);
            ReferenceCache whole =
                    references.extend(ReferenceCache.EMPTY, List.of(subject.base()), 0, settings.guidanceScale());
            context.done(Work.REFERENCES);
            Tensor noise = Tensors.to(
                    Noise.normal(subject.seed(), components.vae.tokenChannels(), grid.rows(), grid.columns()), device);
            Inpainting start = new Inpainting(latents, noise, mask(subject.mask(), grid));
            Denoiser.Conditioning conditioning = new Denoiser.Conditioning(
                    promptEmbeds,
                    null,
                    settings.guidanceScale(),
                    null,
                    components.transformer.rotaryEmbedding(
                            References.positions(promptEmbeds.size(1), windows.rows(), windows.columns(), List.of()),
                            device),
                    whole);
            Tensor refined = denoise(
                    start, windows, conditioning, schedule(settings.schedule().steps()), context);
            context.stage(GenerationListener.Stage.DECODE);
            Tensor image =
                    components.vae.decode(Tensors.to(refined, components.computeType()), context.after(Work.DECODE));
            return PictureTensors.fromTensor(withTones(Tensors.to(image, DType.F32), enlarged, grid));
        });
        return PictureResizer.crop(made, 0, 0, enlarged.width(), enlarged.height());
    }

    /**
     * {@code image} with the tones that {@code enlarged} has over areas of a token: refinement adds detail and moves no colour. After the
     * colour correction of StableSR (Wang et al. 2024), with means of areas in place of wavelets.
     */
    private Tensor withTones(Tensor image, Picture enlarged, Canvas grid) {
        return Scopes.scoped(() -> {
            long area = grid.multiple();
            Tensor missing =
                    torch.avg_pool2d(padded(enlarged, grid), area, area).sub(torch.avg_pool2d(image, area, area));
            long[] size = {image.size(2), image.size(3)};
            return torch.upsample_bicubic2d(missing, size, false, new DoubleOptional(), new DoubleOptional())
                    .add_(image);
        });
    }

    private Tensor padded(Picture picture, Canvas grid) {
        int right = grid.baseWidth() - picture.width();
        int bottom = grid.baseHeight() - picture.height();
        return torch.replication_pad2d(Tensors.to(PictureTensors.toTensor(picture), device), 0, right, 0, bottom);
    }

    private Tensor encode(Picture picture, Canvas grid) {
        Tensor image = padded(picture, grid);
        return Tensors.to(components.vae.encode(Tensors.to(image, components.computeType())), DType.F32);
    }

    private Tensor mask(PictureMask mask, Canvas grid) {
        return mask == null
                ? null
                : Tensors.to(Tensors.of(mask.blocks(grid.multiple()), 1, 1, grid.rows(), grid.columns()), device);
    }

    private Tensor denoise(
            Inpainting start,
            Windows windows,
            Denoiser.Conditioning conditioning,
            FlowMatchSchedule schedule,
            GenerationContext context) {
        return OpenBlas.onOneThreadBesideOneDnn(
                device,
                () -> EulerSolver.solve(
                        start.at(schedule.sigmas().getFirst()),
                        schedule.sigmas(),
                        (latents, sigma) -> direction(latents, sigma, windows, conditioning, context),
                        start,
                        EulerSolver.Observer.NONE));
    }

    /** The windows' directions, blended. */
    private Tensor direction(
            Tensor latents,
            double sigma,
            Windows windows,
            Denoiser.Conditioning conditioning,
            GenerationContext context) {
        return Scopes.scoped(() -> {
            Tensor sum = latents.mul(new Scalar(0.0));
            Tensor total = sum.narrow(1, 0, 1).clone();
            Tensor weights = Tensors.to(windows.weights(), device);
            for (List<Windows.Corner> batch : windows.batches()) {
                context.cancellation().check();
                Scopes.run(() -> {
                    Tensor parts = Tensors.cat(
                            0, batch.stream().map(c -> windows.part(latents, c)).toList());
                    Tensor velocity = Patches.unpack(
                            denoiser.velocity(Patches.pack(parts), sigma, conditioning.repeated(batch.size())),
                            windows.rows(),
                            windows.columns());
                    for (int i = 0; i < batch.size(); i++) {
                        windows.part(sum, batch.get(i))
                                .add_(velocity.narrow(0, i, 1).mul(weights));
                        windows.part(total, batch.get(i)).add_(weights);
                    }
                });
                context.done(Work.STEP);
            }
            return sum.div(total.clamp_min(new Scalar(LEAST_WEIGHT)));
        });
    }
}
