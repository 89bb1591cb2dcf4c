package dev.atelier.engine.nn;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Gated activations. */
public final class Activations {
    private Activations() {}

    /** SwiGLU of a fused projection: {@code silu(first half) * second half}. @param x (…, 2M) @return (…, M) */
    public static Tensor swiGlu(Tensor x) {
        long half = x.size(-1) / 2;
        return torch.silu(x.narrow(-1, 0, half)).mul(x.narrow(-1, half, half));
    }
}
