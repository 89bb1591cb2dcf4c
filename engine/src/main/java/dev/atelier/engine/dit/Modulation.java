package dev.atelier.engine.dit;

import dev.atelier.engine.nn.Norms;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Shift, scale and gate of one sub-block, each (B, 1, D). Blocks store them shift first (unlike {@code norm_out.linear}, where
 * diffusers' files have scale first).
 */
record Modulation(Tensor shift, Tensor scalePlusOne, Tensor gate) {
    /** The {@code index}-th set of a projected time embedding (B, 1, sets·3·D). */
    static Modulation of(Tensor projected, int index, long dim) {
        long at = index * 3 * dim;
        return new Modulation(
                projected.narrow(-1, at, dim),
                projected.narrow(-1, at + dim, dim).add(new org.bytedeco.pytorch.Scalar(1.0)),
                projected.narrow(-1, at + 2 * dim, dim));
    }

    /** {@code (1 + scale) · layerNorm(x) + shift}. @param x (B, L, D) */
    Tensor normalize(Tensor x, double eps) {
        return torch.addcmul(shift, Norms.layerNorm(x, eps), scalePlusOne);
    }

    /** {@code x + gate · update}. */
    Tensor addGated(Tensor x, Tensor update) {
        return torch.addcmul(x, gate, update);
    }
}
