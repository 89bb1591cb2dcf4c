package dev.atelier.engine.vae;

import dev.atelier.engine.nn.Conv2d;
import dev.atelier.engine.nn.Layers;
import dev.atelier.engine.tensor.Scopes;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * FLUX.2's convolutional autoencoder, with the batch-norm statistics by which its latents are normalised. Large pictures are
 * encoded and decoded in blended tiles, see {@link Tiling}. Source: diffusers {@code autoencoder_kl_flux2.py}.
 */
public final class AutoencoderKLFlux2 implements Autoencoder {
    /** Pixels a side of a tile; a decoder of FLUX.2's widths then takes 2.3 GB beside its weights (measured), whatever the picture. */
    static final int TILE = 768;

    private static final int TILE_OVERLAP = 128;
    /** Pictures of up to this many pixels are decoded in one piece. */
    private static final long UNTILED_PIXELS = 1024L * 1024;

    private final AutoencoderConfig config;
    private final Encoder encoder;
    private final Decoder decoder;
    private final Conv2d quantConv; // null without use_quant_conv
    private final Conv2d postQuantConv; // null without use_post_quant_conv
    private final Tensor mean; // bn.running_mean (C)
    private final Tensor variance; // bn.running_var (C)
    private final Tiling tiling;

    public AutoencoderKLFlux2(AutoencoderConfig config, Layers layers) {
        this.config = config;
        int z = config.latentChannels();
        encoder = new Encoder(config, layers.at("encoder"));
        decoder = new Decoder(config, layers.at("decoder"));
        quantConv = config.useQuantConv() ? layers.conv("quant_conv", 2L * z, 2L * z, Conv2d.Geometry.POINTWISE) : null;
        postQuantConv =
                config.usePostQuantConv() ? layers.conv("post_quant_conv", z, z, Conv2d.Geometry.POINTWISE) : null;
        mean = layers.tensor("bn.running_mean", config.tokenChannels());
        variance = layers.tensor("bn.running_var", config.tokenChannels());
        layers.counter("bn.num_batches_tracked");
        tiling = Tiling.of(config.latentScale(), TILE, TILE_OVERLAP);
    }

    @Override
    public int sizeMultiple() {
        return config.sizeMultiple();
    }

    @Override
    public int tokenChannels() {
        return config.tokenChannels();
    }

    @Override
    public Tensor encode(Tensor image) {
        return Scopes.scoped(() -> {
            boolean whole = image.size(2) * image.size(3) <= UNTILED_PIXELS;
            Tensor latent = whole ? mode(image) : tiling.encode(image, this::mode);
            return normalize(Patches.fold(latent));
        });
    }

    @Override
    public Tensor decode(Tensor latents, Runnable afterTile) {
        return Scopes.scoped(() -> decodeLatent(latent(latents), afterTile));
    }

    @Override
    public int decodeTiles(long h, long w) {
        long rows = h * AutoencoderConfig.PATCH;
        long columns = w * AutoencoderConfig.PATCH;
        return whole(rows, columns) ? 1 : tiling.count(rows, columns);
    }

    /** Unpatched latents in the decoder's own scale, (B, z, H/s, W/s). @param latents (B, C, h, w), normalised */
    public Tensor latent(Tensor latents) {
        return Scopes.scoped(() -> Patches.unfold(latents.mul(deviation()).add(perChannel(mean))));
    }

    /** @param latent (B, z, H/s, W/s), as {@link #latent} makes it */
    public Tensor decodeLatent(Tensor latent) {
        return decodeLatent(latent, () -> {});
    }

    private Tensor decodeLatent(Tensor latent, Runnable afterTile) {
        return Scopes.scoped(() -> {
            UnaryOperator<Tensor> tile = part -> {
                Tensor out = decodeTile(part);
                afterTile.run();
                return out;
            };
            return whole(latent.size(2), latent.size(3)) ? tile.apply(latent) : tiling.decode(latent, tile);
        });
    }

    /** Whether this many latent pixels, unpatched, are decoded in one piece. */
    private boolean whole(long rows, long columns) {
        return rows * columns * config.latentScale() * config.latentScale() <= UNTILED_PIXELS;
    }

    /** Means and log-variances of the posterior, (B, 2z, H/s, W/s); what training needs. */
    public Tensor moments(Tensor image) {
        return Scopes.scoped(() -> {
            Tensor moments = encoder.forward(image);
            return quantConv == null ? moments : quantConv.forward(moments);
        });
    }

    private Tensor mode(Tensor image) {
        return Scopes.scoped(() -> moments(image).narrow(1, 0, config.latentChannels()));
    }

    private Tensor decodeTile(Tensor latent) {
        return Scopes.scoped(() -> decoder.forward(postQuantConv == null ? latent : postQuantConv.forward(latent)));
    }

    private Tensor normalize(Tensor patched) {
        return patched.sub(perChannel(mean)).div(deviation());
    }

    private Tensor deviation() {
        return perChannel(variance.add(new Scalar(config.batchNormEps())).sqrt());
    }

    private static Tensor perChannel(Tensor x) {
        return x.view(1, -1, 1, 1);
    }
}
