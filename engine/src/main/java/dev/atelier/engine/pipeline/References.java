package dev.atelier.engine.pipeline;

import dev.atelier.engine.dit.Positions;
import dev.atelier.engine.dit.ReferenceCache;
import dev.atelier.engine.image.Picture;
import dev.atelier.engine.image.PictureResizer;
import dev.atelier.engine.image.PictureTensors;
import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.Device;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import dev.atelier.engine.vae.Patches;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** Reference pictures as tokens, free or cached. */
final class References {
    /** Larger references are shrunk to this area, as diffusers does. */
    static final long MAX_PIXELS = 1024L * 1024;

    private final Components components;
    private final Device device;

    References(Components components, Device device) {
        this.components = components;
        this.device = device;
    }

    /** The picture as the model sees it: at most a megapixel, sides multiples of the model's; small ones are enlarged to one token. */
    Picture prepare(Picture picture) {
        int multiple = components.vae.sizeMultiple();
        Picture large = picture.width() >= multiple && picture.height() >= multiple
                ? picture
                : PictureResizer.resize(
                        picture, Math.max(multiple, picture.width()), Math.max(multiple, picture.height()));
        return PictureResizer.toReference(large, MAX_PIXELS, multiple);
    }

    /** Latents (1, C, h, w) of prepared pictures, in order; owned by the innermost scope. */
    List<Tensor> encode(List<Picture> prepared) {
        List<Tensor> out = new ArrayList<>();
        for (Picture picture : prepared) {
            out.add(Scopes.scoped(() -> components.vae.encode(
                    Tensors.to(Tensors.to(PictureTensors.toTensor(picture), device), computeType()))));
        }
        return out;
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

    /** {@code earlier} with {@code latents} added, of which the first is reference number {@code first} (from 0). */
    ReferenceCache extend(ReferenceCache earlier, List<Tensor> latents, int first, double guidanceScale) {
        Tensor turns = components.transformer.turns(positions(latents, first), device);
        Tensor guidance = components.transformer.config().guidanceEmbeds()
                ? Tensors.to(Tensors.full(guidanceScale, DType.F32, 1), device)
                : null;
        return components.transformer.extract(Tensors.to(tokens(latents), computeType()), guidance, turns, earlier);
    }

    private DType computeType() {
        return device.isCuda() ? DType.BF16 : DType.F32;
    }
}
