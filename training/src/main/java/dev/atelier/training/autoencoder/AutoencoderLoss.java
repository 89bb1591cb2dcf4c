package dev.atelier.training.autoencoder;

import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.Tensors;
import dev.atelier.engine.vae.AutoencoderKLFlux2;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * What a convolutional autoencoder learns from, x a picture, x̂ its reconstruction from latents z with noise:
 * {@code |x̂ - x| + 0.5 Σ |∇x̂ - ∇x| at scales 1, 2, 4 + 1e-6 KL}, and in a quarter of the steps {@code 0.25 |Dec(z↓) - x↓|}.
 *
 * <p>The gradients sharpen edges; decoding shrunken latents to shrunken pictures keeps the latents' spectrum easy for a transformer
 * (Skorokhodov et al. 2025, "Improving the Diffusability of Autoencoders"); the noise makes the decoder bear a transformer's errors
 * (Yang et al. 2025, "Latent Denoising Makes Good Visual Tokenizers").
 *
 * @param latentChannels z of a latent pixel
 * @param latentNoise largest deviation of the noise, in deviations of the latents
 * @param computeType of the network's layers
 */
record AutoencoderLoss(int latentChannels, double latentNoise, DType computeType) {
    private static final double GRADIENT_WEIGHT = 0.5;
    private static final double KL_WEIGHT = 1e-6;
    private static final double DOWNSCALED_WEIGHT = 0.25;
    private static final double DOWNSCALED_SHARE = 0.25;
    private static final int[] SCALES = {1, 2, 4};
    private static final double MIN_LOG_VARIANCE = -30;
    private static final double MAX_LOG_VARIANCE = 20;

    /**
     * @param images (B, 3, H, W) in -1 to 1
     * @param seed of everything drawn
     * @return one number
     */
    Tensor of(AutoencoderKLFlux2 model, Tensor images, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        torch.manual_seed(random.nextLong());
        Tensor moments = Tensors.to(model.moments(Tensors.to(images, computeType)), DType.F32);
        Tensor mean = moments.narrow(1, 0, latentChannels);
        Tensor logVariance = moments.narrow(1, latentChannels, latentChannels)
                .clamp_min(new Scalar(MIN_LOG_VARIANCE))
                .clamp_max(new Scalar(MAX_LOG_VARIANCE));
        Tensor latents = mean.add(logVariance.mul(new Scalar(0.5)).exp().mul(torch.randn_like(mean)));
        Tensor loss = reconstruction(decode(model, latents.add(noise(mean.detach()))), images)
                .add(divergence(mean, logVariance).mul(new Scalar(KL_WEIGHT)));
        if (random.nextDouble() >= DOWNSCALED_SHARE) {
            return loss;
        }
        int factor = latents.size(2) % 4 == 0 && random.nextBoolean() ? 4 : 2;
        Tensor small = decode(model, shrink(latents, factor)).sub(shrink(images, factor));
        return loss.add(small.abs().mean().mul(new Scalar(DOWNSCALED_WEIGHT)));
    }

    private Tensor decode(AutoencoderKLFlux2 model, Tensor latents) {
        return Tensors.to(model.decodeLatent(Tensors.to(latents, computeType)), DType.F32);
    }

    /** Each picture of the batch has noise of its own strength, from none to the most. */
    private Tensor noise(Tensor mean) {
        Tensor strength = torch.rand(new long[] {mean.size(0), 1, 1, 1}, mean.options());
        return torch.randn_like(mean).mul(strength).mul(mean.std(true)).mul(new Scalar(latentNoise));
    }

    static Tensor reconstruction(Tensor decoded, Tensor images) {
        Tensor loss = decoded.sub(images).abs().mean();
        for (int scale : SCALES) {
            Tensor difference = shrink(decoded.sub(images), scale);
            Tensor gradients = slope(difference, 2).add(slope(difference, 3));
            loss = loss.add(gradients.mul(new Scalar(GRADIENT_WEIGHT / 2)));
        }
        return loss;
    }

    /** Mean absolute difference of neighbours along {@code dim}. */
    private static Tensor slope(Tensor x, int dim) {
        long last = x.size(dim) - 1;
        return x.narrow(dim, 1, last).sub(x.narrow(dim, 0, last)).abs().mean();
    }

    private static Tensor shrink(Tensor x, int factor) {
        return factor == 1 ? x : torch.avg_pool2d(x, factor, factor);
    }

    /** From the posterior to a standard normal, mean over latent numbers: {@code (μ² + σ² - 1 - ln σ²) / 2}. */
    private static Tensor divergence(Tensor mean, Tensor logVariance) {
        return mean.mul(mean)
                .add(logVariance.exp())
                .sub(new Scalar(1.0))
                .sub(logVariance)
                .mul(new Scalar(0.5))
                .mean();
    }
}
