package dev.atelier.training.preference;

import dev.atelier.training.loop.FlowMatching;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * DiffusionNFT, negative-aware fine-tuning: with clean latents predicted by the tuned model, x̂, and by the one that it started from, x̂_old,
 * {@code x̂+ = (1 - b) x̂_old + b x̂} is to meet a picture that is good with probability r and {@code x̂- = (1 + b) x̂_old - b x̂} one that is not:
 * {@code [r |x̂+ - x|² / w+ + (1 - r) |x̂- - x|² / w-] / b + k |v - v_old|²}, w the mean absolute errors, without gradients; v are velocities.
 * The pictures were drawn before the run, so x̂_old stays that of the start, and the best x̂ lies at a distance of order 1/b from it.
 * Source: Zheng et al. 2025 ("DiffusionNFT: Online diffusion reinforcement with forward process"), equation 5 and section 3.3.
 */
final class NegativeAware {
    private static final double SMALLEST_WEIGHT = 1e-5;

    private NegativeAware() {}

    /**
     * Clean latents (B, C, h, w) as predicted and as they are.
     *
     * @param time (B), noise levels of the prediction
     */
    record Samples(Tensor tuned, Tensor start, Tensor clean, Tensor time) {}

    /**
     * @param optimality (B), r
     * @param beta b, above 0; small values let the model go further from its start
     * @param kl k, above 0
     */
    static TuningObjective.Learnt learn(Samples samples, Tensor optimality, double beta, double kl) {
        Tensor change = samples.tuned().sub(samples.start());
        Tensor error = samples.start().sub(samples.clean());
        Tensor towards = error.add(change, new Scalar(beta));
        Tensor away = error.sub(change, new Scalar(beta));
        Tensor other = optimality.neg().add(new Scalar(1.0));
        Tensor policy =
                scaled(towards).mul(optimality).add(scaled(away).mul(other)).div(new Scalar(beta));
        Tensor distance = meanSquare(FlowMatching.sampleError(samples.tuned(), samples.start(), samples.time()));
        Tensor better = meanSquare(error).sub(meanSquare(error.add(change)));
        Tensor margins = better.mul(optimality.sub(new Scalar(0.5)));
        return new TuningObjective.Learnt(policy.add(distance, new Scalar(kl)), margins);
    }

    /** (B), the mean square over the mean absolute value. */
    private static Tensor scaled(Tensor error) {
        Tensor weight;
        try (var _ = new NoGradGuard()) {
            weight = error.detach().abs().flatten(1, -1).mean(1).clamp_min(new Scalar(SMALLEST_WEIGHT));
        }
        return meanSquare(error).div(weight);
    }

    private static Tensor meanSquare(Tensor error) {
        return error.mul(error).flatten(1, -1).mean(1);
    }
}
