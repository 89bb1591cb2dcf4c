package dev.atelier.engine.vae;

import dev.atelier.engine.image.Picture;
import dev.atelier.engine.image.PictureTensors;
import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.Device;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Small pictures of unfinished latents for next to nothing: the colour of a token as a linear function of its channels, fitted by
 * ridge regression on one encoded picture of coloured patches when the first preview is asked for.
 */
public final class LatentPreview implements AutoCloseable {
    /** Tokens a side of the picture fitted on; their number squared exceeds the channels of known autoencoders. */
    private static final int SIDE = 24;

    private static final double RIDGE = 1e-2;
    private static final long SEED = 20260101;

    private final Autoencoder autoencoder;
    private final Device device;
    private Tensor weight; // (C + 1, 3)

    public LatentPreview(Autoencoder autoencoder, Device device) {
        this.autoencoder = autoencoder;
        this.device = device;
    }

    /** One pixel a token. @param latents (1, C, h, w) */
    public Picture picture(Tensor latents) {
        return Scopes.plain(() -> {
            if (weight == null) {
                weight = Scopes.owned(this::fit);
            }
            Tensor tokens = Tensors.to(Tensors.to(latents, Device.CPU), DType.F32);
            Tensor colours = torch.matmul(withOne(Patches.pack(tokens).select(0, 0)), weight);
            return PictureTensors.fromTensor(colours.transpose(0, 1)
                    .unflatten(1, latents.size(2), latents.size(3))
                    .contiguous());
        });
    }

    private Tensor fit() {
        int side = SIDE * autoencoder.sizeMultiple();
        Tensor image = PictureTensors.toTensor(patches(side));
        Tensor latents = autoencoder.encode(Tensors.to(Tensors.to(image, device), device.computeType()));
        Tensor x = withOne(Patches.pack(Tensors.to(Tensors.to(latents, Device.CPU), DType.F32))
                .select(0, 0));
        Tensor colours = torch.avg_pool2d(image, autoencoder.sizeMultiple(), autoencoder.sizeMultiple());
        Tensor y = Patches.pack(colours).select(0, 0);
        Tensor gram = torch.matmul(x.t(), x);
        Tensor ridge = torch.eye(gram.size(0)).mul(new Scalar(RIDGE * SIDE * SIDE));
        return torch.linalg_solve(gram.add(ridge), torch.matmul(x.t(), y));
    }

    private static Tensor withOne(Tensor tokens) {
        return Tensors.cat(1, tokens, Tensors.ones(DType.F32, tokens.size(0), 1));
    }

    /** Random colours in soft patches of several sizes. */
    private static Picture patches(int side) {
        SplittableRandom random = new SplittableRandom(SEED);
        double[] plane = new double[side * side * 3];
        for (int cells = 3; cells <= SIDE; cells *= 2) {
            double[] grid = random.doubles((long) cells * cells * 3, -1, 1).toArray();
            for (int y = 0; y < side; y++) {
                for (int x = 0; x < side; x++) {
                    int cell = (y * cells / side * cells + x * cells / side) * 3;
                    for (int c = 0; c < 3; c++) {
                        plane[(y * side + x) * 3 + c] += grid[cell + c];
                    }
                }
            }
        }
        byte[] rgb = new byte[plane.length];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) Math.clamp(Math.round(127.5 + 80 * plane[i]), 0, 255);
        }
        return new Picture(side, side, rgb);
    }

    @Override
    public void close() {
        if (weight != null) {
            weight.close();
            weight = null;
        }
    }
}
