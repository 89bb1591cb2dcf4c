package dev.atelier.engine.generation;

import dev.atelier.engine.dit.Flux2Transformer;
import dev.atelier.engine.dit.Positions;
import dev.atelier.engine.dit.ReferenceCache;
import dev.atelier.engine.image.Picture;
import dev.atelier.engine.image.PictureResizer;
import dev.atelier.engine.image.PictureSize;
import dev.atelier.engine.image.PictureTensors;
import dev.atelier.engine.pipeline.GenerationListener;
import dev.atelier.engine.sampling.EulerSolver;
import dev.atelier.engine.sampling.FlowMatchSchedule;
import dev.atelier.engine.sampling.Noise;
import dev.atelier.engine.sampling.RelayPath;
import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.Device;
import dev.atelier.engine.tensor.OpenBlas;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import dev.atelier.engine.vae.Autoencoder;
import dev.atelier.engine.vae.Patches;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A folder's second network, which gives a soft picture the detail that it lacks, from noise, with the prompt and the references: a
 * FLUX.2 transformer over windows of tokens of an autoencoder of its own. It sees the state of the {@link RelayPath} and, beside it, the
 * coarse latents, and predicts the sharp ones. Windows of one step do not overlap, those of the next lie across their borders, so that
 * no seam stays.
 */
final class Sharpener {
    /** References that are seen: more cost time and are rarely kept as they are. */
    private static final int MOST_REFERENCES = 2;

    /** Larger pictures than this many pixels keep what the references gave them at smaller sizes. */
    private static final long REFERENCES_UNTIL = 1L << 20;

    /** A picture is enlarged by at most this factor before it is sharpened again. */
    private static final double MOST_ENLARGED = 2;

    private final Flux2Transformer transformer;
    private final Autoencoder autoencoder;
    private final Settings settings;
    private final Device device;

    /**
     * From {@code model_index.json}.
     *
     * @param noise level where it begins
     * @param steps from there to 0
     * @param window tokens a side of what it sees at once
     */
    record Settings(double noise, int steps, int window) {}

    /** @param autoencoder its own, of finer latents than the model's */
    Sharpener(Flux2Transformer transformer, Autoencoder autoencoder, Settings settings, Device device) {
        this.transformer = transformer;
        this.autoencoder = autoencoder;
        this.settings = settings;
        this.device = device;
    }

    /** What a picture is made from beside its coarse form. @param promptEmbeds (1, L, J) */
    record Conditioning(Tensor promptEmbeds, List<Picture> references, long seed) {}

    /** Sizes at which a picture is sharpened, the last the wanted one. */
    List<PictureSize> sizes(PictureSize base, PictureSize wanted) {
        List<PictureSize> out = new ArrayList<>();
        double scale = Math.sqrt((double) wanted.pixels() / base.pixels());
        int doublings = (int) Math.max(0, Math.ceil(Math.log(scale) / Math.log(MOST_ENLARGED) - 1e-6));
        for (int i = doublings; i > 0; i--) {
            double factor = Math.pow(scale, -(double) i / doublings);
            out.add(new PictureSize((int) Math.max(1, Math.round(wanted.width() * factor)), (int)
                    Math.max(1, Math.round(wanted.height() * factor))));
        }
        out.add(wanted);
        return out;
    }

    /** {@code picture} enlarged to {@code wanted}, which has about its shape, and sharpened on the way and there. */
    Picture enlarge(Picture picture, PictureSize wanted, Conditioning conditioning, GenerationContext context) {
        context.stage(GenerationListener.Stage.REFINE);
        Picture out = picture;
        for (PictureSize size : sizes(PictureSize.of(picture), wanted)) {
            Picture enlarged = PictureResizer.resize(out, size.width(), size.height());
            context.done(Work.SCALE);
            out = sharpen(enlarged, conditioning, context);
        }
        return out;
    }

    /** Tokens that a picture of this size has. */
    Canvas grid(PictureSize size) {
        return Canvas.covering(size.width(), size.height(), autoencoder.sizeMultiple());
    }

    /** Pieces in which a picture of this size is decoded. */
    int decodeTiles(PictureSize size) {
        Canvas grid = grid(size);
        return autoencoder.decodeTiles(grid.rows(), grid.columns());
    }

    /** The windows of every step at this size. */
    List<Windows> windows(PictureSize size) {
        Canvas grid = grid(size);
        List<Windows> out = new ArrayList<>();
        for (int i = 0; i < settings.steps(); i++) {
            out.add(
                    i % 2 == 0
                            ? Windows.sideBySide(grid.rows(), grid.columns(), settings.window())
                            : Windows.over(grid.rows(), grid.columns(), settings.window(), null));
        }
        return out;
    }

    private Picture sharpen(Picture coarse, Conditioning conditioning, GenerationContext context) {
        PictureSize size = PictureSize.of(coarse);
        Canvas grid = grid(size);
        Picture made = Scopes.plain(() -> {
            Tensor u = encode(coarse, grid);
            List<Tensor> references = new ArrayList<>();
            if (size.pixels() <= REFERENCES_UNTIL) {
                conditioning.references().stream()
                        .limit(MOST_REFERENCES)
                        .map(reference -> encode(PictureResizer.resize(reference, size.width(), size.height()), grid))
                        .forEach(references::add);
            }
            context.done(Work.ENCODE);
            Tensor noise = Tensors.to(
                    Noise.normal(conditioning.seed(), autoencoder.tokenChannels(), grid.rows(), grid.columns()),
                    device);
            Tensor sharp = run(u, noise, references, conditioning, size, context);
            return PictureTensors.fromTensor(Tensors.to(
                    autoencoder.decode(Tensors.to(sharp, device.computeType()), context.after(Work.DECODE)),
                    DType.F32));
        });
        return PictureResizer.crop(made, 0, 0, coarse.width(), coarse.height());
    }

    private Tensor encode(Picture picture, Canvas grid) {
        return Scopes.scoped(() -> {
            Tensor image = torch.replication_pad2d(
                    Tensors.to(PictureTensors.toTensor(picture), device),
                    0,
                    grid.baseWidth() - picture.width(),
                    0,
                    grid.baseHeight() - picture.height());
            return Tensors.to(autoencoder.encode(Tensors.to(image, device.computeType())), DType.F32);
        });
    }

    private Tensor run(
            Tensor coarse,
            Tensor noise,
            List<Tensor> references,
            Conditioning conditioning,
            PictureSize size,
            GenerationContext context) {
        RelayPath path = new RelayPath(settings.noise());
        List<Double> sigmas =
                FlowMatchSchedule.from(settings.noise(), settings.steps()).sigmas();
        List<Windows> windows = windows(size);
        return OpenBlas.onOneThreadBesideOneDnn(
                device,
                () -> EulerSolver.walk(
                        path.state(
                                coarse,
                                coarse,
                                noise,
                                Tensors.to(Tensors.full(sigmas.getFirst(), DType.F32, 1), device)),
                        sigmas,
                        (state, i, from, to) -> path.step(
                                state,
                                predict(state, coarse, from, windows.get(i), references, conditioning, context),
                                coarse,
                                from,
                                to),
                        EulerSolver.Observer.NONE));
    }

    /** The windows' predictions of the sharp latents, blended where they overlap. */
    private Tensor predict(
            Tensor state,
            Tensor coarse,
            double sigma,
            Windows windows,
            List<Tensor> references,
            Conditioning conditioning,
            GenerationContext context) {
        return Scopes.scoped(() -> {
            Tensor rotaryEmbedding = transformer.rotaryEmbedding(
                    References.positions(
                            conditioning.promptEmbeds().size(1), windows.rows(), windows.columns(), List.of()),
                    device);
            Tensor sum = state.mul(new Scalar(0.0));
            Tensor total = sum.narrow(1, 0, 1).clone();
            Tensor weights = Tensors.to(windows.weights(), device);
            for (List<Windows.Corner> batch : windows.batches()) {
                context.cancellation().check();
                Scopes.run(() -> {
                    Tensor input = Tensors.cat(1, parts(windows, state, batch), parts(windows, coarse, batch));
                    Tensor predicted = Patches.unpack(
                            forward(
                                    Patches.pack(input),
                                    sigma,
                                    rotaryEmbedding,
                                    cache(windows, references, batch),
                                    conditioning.promptEmbeds()),
                            windows.rows(),
                            windows.columns());
                    for (int i = 0; i < batch.size(); i++) {
                        windows.part(sum, batch.get(i))
                                .add_(predicted.narrow(0, i, 1).mul(weights));
                        windows.part(total, batch.get(i)).add_(weights);
                    }
                });
                context.done(Work.STEP);
            }
            return sum.div(total);
        });
    }

    private static Tensor parts(Windows windows, Tensor grid, List<Windows.Corner> batch) {
        return Tensors.cat(
                0, batch.stream().map(corner -> windows.part(grid, corner)).toList());
    }

    /** The references' windows at the same places. A reference has no coarse form: it stands in both halves of the input. */
    private ReferenceCache cache(Windows windows, List<Tensor> references, List<Windows.Corner> batch) {
        if (references.isEmpty()) {
            return ReferenceCache.EMPTY;
        }
        List<Tensor> tokens = new ArrayList<>();
        List<Tensor> positions = new ArrayList<>();
        for (int i = 0; i < references.size(); i++) {
            Tensor part = parts(windows, references.get(i), batch);
            tokens.add(Patches.pack(Tensors.cat(1, part, part)));
            positions.add(Positions.reference(i, windows.rows(), windows.columns()));
        }
        return transformer.extract(
                Tensors.to(Tensors.cat(1, tokens), device.computeType()),
                null,
                transformer.rotaryEmbedding(Tensors.cat(0, positions), device),
                ReferenceCache.EMPTY);
    }

    private Tensor forward(
            Tensor tokens, double sigma, Tensor rotaryEmbedding, ReferenceCache references, Tensor promptEmbeds) {
        long batch = tokens.size(0);
        Tensor time = Tensors.to(Tensors.full(sigma, DType.F32, batch), device);
        Tensor out = transformer.forward(
                Tensors.to(tokens, device.computeType()),
                Tensors.to(promptEmbeds, device.computeType())
                        .expand(batch, promptEmbeds.size(1), promptEmbeds.size(2)),
                time,
                null,
                rotaryEmbedding,
                references);
        return Tensors.to(out, DType.F32);
    }

    Flux2Transformer transformer() {
        return transformer;
    }
}
