package dev.atelier.engine.vae;

import org.bytedeco.pytorch.Tensor;

/**
 * Between pictures and the latents that a transformer works on. Latents here are always patched and normalised: one latent pixel
 * is one transformer token. B batch, C token channels, H x W pixels, h x w = H/m x W/m tokens with m = {@link #sizeMultiple}.
 */
public interface Autoencoder {
    /** Pixels a side of one token; picture sides are multiples of it. */
    int sizeMultiple();

    /** Channels of a token. */
    int tokenChannels();

    /**
     * The mode of the posterior.
     *
     * @param image (B, 3, H, W) in -1 to 1
     * @return (B, C, h, w)
     */
    Tensor encode(Tensor image);

    /**
     * @param latents (B, C, h, w)
     * @param afterTile runs after each of {@link #decodeTiles} tiles; may throw to stop
     * @return (B, 3, H, W), about -1 to 1
     */
    Tensor decode(Tensor latents, Runnable afterTile);

    /** As {@link #decode(Tensor, Runnable)}. */
    default Tensor decode(Tensor latents) {
        return decode(latents, () -> {});
    }

    /** In how many tiles latents of h x w tokens are decoded. */
    default int decodeTiles(long h, long w) {
        return 1;
    }
}
