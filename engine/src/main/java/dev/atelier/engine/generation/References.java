package dev.atelier.engine.generation;

import dev.atelier.engine.dit.Positions;
import dev.atelier.engine.dit.ReferenceCache;
import dev.atelier.engine.image.Picture;
import dev.atelier.engine.image.PictureResizer;
import dev.atelier.engine.image.PictureSize;
import dev.atelier.engine.image.PictureTensors;
import dev.atelier.engine.pipeline.GenerationListener;
import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.Device;
import dev.atelier.engine.tensor.OpenBlas;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import dev.atelier.engine.vae.Patches;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * Reference pictures as tokens: inline, in the image's own sequence and computed in every step, or cached, as keys and values that are
 * computed once.
 */
final class References {
    /** Larger references are shrunk to this area, as diffusers does. */
    static final long MAX_PIXELS = 1024L * 1024;

    private static final int MOST_CUT = 16;

    private final Components components;
    private final NativeSizes sizes;
    private final Device device;

    References(Components components, Device device) {
        this.components = components;
        this.device = device;
        sizes = components.index.sizes(components.vae.sizeMultiple());
    }

    /**
     * The picture as the model sees it: at most a megapixel and no larger or smaller than the pictures the model makes by itself, sides
     * multiples of the model's. The sides are cut to multiples; if that took more than a {@value #MOST_CUT}th off one, they are brought to the
     * nearest multiples instead.
     */
    Picture prepare(Picture picture) {
        int multiple = components.vae.sizeMultiple();
        PictureSize size = scaled(PictureSize.of(picture));
        PictureSize cut = size.roundDown(multiple);
        boolean cutsMuch = MOST_CUT * (size.width() - cut.width()) > size.width()
                || MOST_CUT * (size.height() - cut.height()) > size.height()
                || Math.min(size.width(), size.height()) < multiple;
        if (cutsMuch) {
            return PictureResizer.resize(picture, nearest(size.width(), multiple), nearest(size.height(), multiple));
        }
        Picture large = size.pixels() > (long) picture.width() * picture.height()
                ? PictureResizer.resize(picture, size.width(), size.height())
                : picture;
        return PictureResizer.toReference(large, most(), multiple);
    }

    private long most() {
        return mostPixels(sizes);
    }

    /** Of a prepared picture. */
    static long mostPixels(NativeSizes sizes) {
        return Math.min(MAX_PIXELS, (long) sizes.max() * sizes.max());
    }

    private PictureSize scaled(PictureSize size) {
        long least = (long) sizes.min() * sizes.min();
        if (size.pixels() >= least) {
            return size.fitArea(most());
        }
        double scale = Math.sqrt((double) least / size.pixels());
        return new PictureSize((int) Math.ceil(size.width() * scale), (int) Math.ceil(size.height() * scale));
    }

    private static int nearest(int length, int multiple) {
        return Math.max(1, Math.round((float) length / multiple)) * multiple;
    }

    /** Latents (1, C, h, w) of prepared pictures, in order; owned by the innermost scope. */
    List<Tensor> encode(List<Picture> prepared) {
        List<Tensor> out = new ArrayList<>();
        for (Picture picture : prepared) {
            out.add(Scopes.scoped(() -> components.vae.encode(
                    Tensors.to(Tensors.to(PictureTensors.toTensor(picture), device), device.computeType()))));
        }
        return out;
    }

    /** As {@link #encode(List)}, told to who listens when there are any. */
    List<Tensor> encode(List<Picture> prepared, GenerationContext context) {
        if (prepared.isEmpty()) {
            return List.of();
        }
        context.stage(GenerationListener.Stage.REFERENCES);
        return encode(prepared);
    }

    /** Tokens of all prepared pictures together. */
    long tokenCount(List<Picture> prepared) {
        long area = (long) components.vae.sizeMultiple() * components.vae.sizeMultiple();
        return prepared.stream().mapToLong(p -> p.width() * p.height() / area).sum();
    }

    /** Tokens (1, R, C) of all latents, one after the other. */
    static Tensor tokens(List<Tensor> latents) {
        return Tensors.cat(1, latents.stream().map(Patches::pack).toList());
    }

    /** Positions of the tokens of {@code latents}, of which the first is reference number {@code first} (from 0). */
    static Tensor positions(List<Tensor> latents, int first) {
        List<Tensor> out = new ArrayList<>();
        for (int i = 0; i < latents.size(); i++) {
            out.add(Positions.reference(
                    first + i, latents.get(i).size(2), latents.get(i).size(3)));
        }
        return Tensors.cat(0, out);
    }

    /** Positions of text, the image being made and inline references. */
    static Tensor positions(long textTokens, int rows, int columns, List<Tensor> inlineReferences) {
        Tensor own = Tensors.cat(0, Positions.text(textTokens), Positions.image(rows, columns));
        return inlineReferences.isEmpty() ? own : Tensors.cat(0, own, positions(inlineReferences, 0));
    }

    /** {@code earlier} with {@code latents} added, of which the first is reference number {@code first} (from 0). */
    ReferenceCache extend(ReferenceCache earlier, List<Tensor> latents, int first, double guidanceScale) {
        Tensor rotaryEmbedding = components.transformer.rotaryEmbedding(positions(latents, first), device);
        Tensor guidance = components.transformer.config().guidanceEmbeds()
                ? Tensors.to(Tensors.full(guidanceScale, DType.F32, 1), device)
                : null;
        return OpenBlas.onOneThreadBesideOneDnn(
                device,
                () -> components.transformer.extract(
                        Tensors.to(tokens(latents), device.computeType()), guidance, rotaryEmbedding, earlier));
    }
}
