package dev.atelier.engine.nn;

import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** Normalisations over the last dimension, and over groups of channels. {@code eps} is always given: libtorch's default is not FLUX's. */
public final class Norms {
    private Norms() {}

    /** Layer norm without weight or bias. @param x (…, D) */
    public static Tensor layerNorm(Tensor x, double eps) {
        return torch.layer_norm(x, new long[] {x.size(-1)}, new TensorOptional(), new TensorOptional(), eps, false);
    }

    /** {@code x / sqrt(mean(x²) + eps) * weight}. @param x (…, D) @param weight (D) */
    public static Tensor rmsNorm(Tensor x, Tensor weight, double eps) {
        return torch.rms_norm(x, new long[] {x.size(-1)}, new TensorOptional(weight), new DoubleOptional(eps));
    }

    /** As {@link #rmsNorm(Tensor, Tensor, double)} without weight. */
    public static Tensor rmsNorm(Tensor x, double eps) {
        return torch.rms_norm(x, new long[] {x.size(-1)}, new TensorOptional(), new DoubleOptional(eps));
    }

    /** Group norm. @param x (B, C, H, W) @param weight (C) @param bias (C) */
    public static Tensor groupNorm(Tensor x, int groups, Tensor weight, Tensor bias, double eps) {
        return torch.group_norm(x, groups, new TensorOptional(weight), new TensorOptional(bias), eps, false);
    }
}
