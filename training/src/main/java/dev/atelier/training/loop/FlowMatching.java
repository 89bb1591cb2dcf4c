package dev.atelier.training.loop;

import dev.atelier.engine.sampling.SchedulerConfig;
import dev.atelier.engine.tensor.Tensors;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Rectified flow from clean latents x to noise e: {@code x_t = (1 - t) x + t e}, whose velocity is {@code e - x}. Source: Liu, Gong and
 * Liu 2023 ("Flow straight and fast").
 */
public final class FlowMatching {
    private FlowMatching() {}

    /**
     * Noise levels (count) to train at: logit-normal, then shifted. Source: Esser et al. 2024 ("Scaling rectified flow transformers"),
     * section 3.1.
     *
     * @param shift of an even level
     */
    public static Tensor times(SplittableRandom random, int count, DoubleUnaryOperator shift) {
        float[] out = new float[count];
        for (int i = 0; i < count; i++) {
            double even = 1 / (1 + Math.exp(-random.nextGaussian()));
            out[i] = (float) shift.applyAsDouble(even);
        }
        return Tensors.of(out, count);
    }

    /** {@code x_t}. @param time (B), the noise level of each example; the others (B, …) */
    public static Tensor noisy(Tensor clean, Tensor noise, Tensor time) {
        Tensor t = perExample(time, clean);
        return clean.mul(t.neg().add(new Scalar(1.0))).add_(noise.mul(t));
    }

    /**
     * The error of the velocity that follows from predicted clean latents: theirs over {@code max(t, 0.05)}. Source: Li and He 2025
     * ("Back to basics: let denoising generative models denoise").
     */
    public static Tensor sampleError(Tensor predicted, Tensor clean, Tensor time) {
        return predicted.sub(clean).div(perExample(time.clamp_min(new Scalar(SchedulerConfig.MIN_SIGMA)), clean));
    }

    /** The clean latents that a predicted velocity leads to, {@code x_t - t v}. */
    public static Tensor sample(Tensor noisy, Tensor velocity, Tensor time) {
        return noisy.sub(velocity.mul(perExample(time, noisy)));
    }

    /** The error of a predicted velocity. */
    public static Tensor velocityError(Tensor predicted, Tensor clean, Tensor noise) {
        return predicted.sub(noise.sub(clean));
    }

    private static Tensor perExample(Tensor time, Tensor like) {
        long[] shape = new long[(int) like.dim()];
        Arrays.fill(shape, 1);
        shape[0] = -1;
        return time.view(shape);
    }
}
