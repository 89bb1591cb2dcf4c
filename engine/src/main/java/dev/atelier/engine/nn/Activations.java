package dev.atelier.engine.nn;

import dev.atelier.engine.tensor.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Gated activations. */
public final class Activations {
    private Activations() {}

    /** SwiGLU of a fused projection: {@code silu(first half) * second half}. @param x (…, 2M) @return (…, M) */
    public static Tensor swiGlu(Tensor x) {
        long half = x.size(-1) / 2;
        List<Tensor> halves = Tensors.split(x, -1, half, half);
        return torch.silu(halves.get(0)).mul(halves.get(1));
    }
}
