package dev.atelier.engine.nn;

import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A scalar (time, guidance) as a vector: cosines and sines of {@code t / 10000^(i/half)}, cosines first, then two linear layers
 * with SiLU between. Keys: {@code linear_1}, {@code linear_2}. Source: diffusers {@code Timesteps(flip_sin_to_cos=True,
 * downscale_freq_shift=0)}, {@code TimestepEmbedding}.
 */
public final class TimestepEmbedding {
    private static final double MAX_PERIOD = 10_000;

    private final Linear linear1; // (D, channels)
    private final Linear linear2; // (D, D)
    private final int channels;

    public TimestepEmbedding(Layers layers, int channels, long dim) {
        this.channels = channels;
        linear1 = layers.linear("linear_1", channels, dim);
        linear2 = layers.linear("linear_2", dim, dim);
    }

    /**
     * @param t (B), time or guidance times 1000
     * @param type the element type of the layers
     * @return (B, D)
     */
    public Tensor forward(Tensor t, DType type) {
        return Scopes.scoped(() -> {
            long half = channels / 2;
            Tensor exponent = Tensors.to(Tensors.range(half).mul(new Scalar(-Math.log(MAX_PERIOD) / half)), DType.F32);
            Tensor frequency = exponent.exp().to(t.device(), torch.ScalarType.Float);
            Tensor angle = torch.outer(Tensors.to(t, DType.F32), frequency);
            Tensor sinusoid = Tensors.to(Tensors.cat(-1, angle.cos(), angle.sin()), type);
            return linear2.forward(torch.silu(linear1.forward(sinusoid)));
        });
    }
}
