package dev.atelier.engine.vae;

import dev.atelier.engine.nn.Layers;
import dev.atelier.engine.tensor.Device;
import dev.atelier.engine.tensor.Scopes;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * An autoencoder in closed form: each patch of a picture as its leading principal components (the Karhunen-Loève transform of
 * patches), one matrix product each way. Latents are the components times {@code scale}, which evens out their variances. Beside a
 * convolutional autoencoder it needs no training and is nearly free on a CPU.
 */
public final class PatchTransformAutoencoder implements Autoencoder, AutoCloseable {
    private final PatchTransformConfig config;
    private final Tensor basis; // (C, 3·p·p), orthonormal rows, elements ordered (colour, row, column)
    private final Tensor mean; // (3·p·p)
    private final Tensor scale; // (C)
    private final LapFilter lap; // null without overlap
    private final PatchRefiner refiner; // null where the configuration has none

    public PatchTransformAutoencoder(PatchTransformConfig config, Layers layers, Device device) {
        this.config = config;
        basis = layers.tensor("basis", config.latentChannels(), config.patchElements());
        mean = layers.tensor("mean", config.patchElements());
        scale = layers.tensor("scale", config.latentChannels());
        lap = config.lapped() ? new LapFilter(config.patchSize(), device) : null;
        refiner = config.refinerWidth() > 0
                ? new PatchRefiner(layers, config.refinerWidth(), config.refinerBlocks())
                : null;
    }

    @Override
    public int sizeMultiple() {
        return config.sizeMultiple();
    }

    @Override
    public int tokenChannels() {
        return config.latentChannels();
    }

    @Override
    public Tensor encode(Tensor image) {
        return Scopes.scoped(() -> {
            Tensor components =
                    patches(shrink(image)).sub(mean).matmul(basis.t()).mul(scale); // (B, h, w, C)
            return components.permute(0, 3, 1, 2).contiguous();
        });
    }

    @Override
    public Tensor decode(Tensor latents, Runnable afterTile) {
        return Scopes.scoped(() -> {
            Tensor components = latents.permute(0, 2, 3, 1).div(scale); // (B, h, w, C)
            Tensor patches = components.matmul(basis).add(mean);
            Tensor image = join(patches, config.patchSize());
            Tensor enlarged = enlarge(lap == null ? image : lap.invert(image));
            if (refiner != null) {
                return refiner.forward(enlarged, afterTile);
            }
            afterTile.run();
            return enlarged;
        });
    }

    @Override
    public int decodeTiles(long h, long w) {
        return refiner == null ? 1 : PatchRefiner.tiles(h * sizeMultiple(), w * sizeMultiple());
    }

    private Tensor shrink(Tensor image) {
        return config.upscale() == 1 ? image : torch.avg_pool2d(image, config.upscale(), config.upscale());
    }

    private Tensor enlarge(Tensor image) {
        if (config.upscale() == 1) {
            return image;
        }
        long[] size = {image.size(2) * config.upscale(), image.size(3) * config.upscale()};
        return torch.upsample_bicubic2d(image, size, false, new DoubleOptional(), new DoubleOptional());
    }

    /** What the transform is fitted on: (filtered) patches (B, h, w, 3·p·p). @param image (B, 3, H, W) */
    private Tensor patches(Tensor image) {
        return split(lap == null ? image : lap.apply(image), config.patchSize());
    }

    /** As {@link #encode}'s first step, for fitting: patches (n, 3·p·p) of {@code image} (B, 3, H, W). */
    public static Tensor patches(Tensor image, PatchTransformConfig config, Device device) {
        return Scopes.scoped(() -> {
            if (!config.lapped()) {
                return split(image, config.patchSize()).flatten(0, 2);
            }
            try (LapFilter filter = new LapFilter(config.patchSize(), device)) {
                return split(filter.apply(image), config.patchSize()).flatten(0, 2);
            }
        });
    }

    private static Tensor split(Tensor x, int p) {
        long h = x.size(2) / p;
        long w = x.size(3) / p;
        return x.reshape(x.size(0), 3, h, p, w, p).permute(0, 2, 4, 1, 3, 5).reshape(x.size(0), h, w, 3L * p * p);
    }

    private static Tensor join(Tensor patches, int p) {
        long h = patches.size(1);
        long w = patches.size(2);
        return patches.reshape(patches.size(0), h, w, 3, p, p)
                .permute(0, 3, 1, 4, 2, 5)
                .reshape(patches.size(0), 3, h * p, w * p);
    }

    @Override
    public void close() {
        if (lap != null) {
            lap.close();
        }
    }
}
