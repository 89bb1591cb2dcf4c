package dev.atelier.engine.nn;

import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.Device;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Rotary positions in the interleaved form of FLUX: neighbours (2j, 2j+1) of a head are one complex number, turned by
 * {@code position / theta^(2j/d)}. Frequencies are computed in float64. Source: diffusers {@code get_1d_rotary_pos_embed},
 * {@code apply_rotary_emb}.
 */
public final class Rope {
    private Rope() {}

    /**
     * The rotary embedding of positions with several coordinates, side by side: axis a gets {@code axesDims[a]} numbers of each head.
     *
     * @param positions float64 (L, axes)
     * @return complex64 (1, L, 1, E/2), E the sum of {@code axesDims}; made for {@link #apply}
     */
    public static Tensor rotaryEmbedding(Tensor positions, List<Integer> axesDims, double theta, Device device) {
        return Scopes.scoped(() -> {
            Tensor[] angles = new Tensor[axesDims.size()];
            for (int axis = 0; axis < angles.length; axis++) {
                angles[axis] = angles(positions.select(1, axis), axesDims.get(axis), theta);
            }
            Tensor all = Tensors.cat(-1, angles); // (L, E/2)
            Tensor cosSin = Tensors.stack(-1, List.of(all.cos(), all.sin()));
            Tensor rotaryEmbedding = torch.view_as_complex(Tensors.to(Tensors.to(cosSin, DType.F32), device));
            return rotaryEmbedding.unsqueeze(0).unsqueeze(2);
        });
    }

    /** {@code position / theta^(2j/d)}. @param position float64 (L) @return float64 (L, d/2) */
    static Tensor angles(Tensor position, int d, double theta) {
        Tensor exponent = Tensors.range(d / 2).mul(new Scalar(2.0 / d));
        Tensor frequency = torch.pow(new Scalar(theta), exponent).reciprocal();
        return torch.outer(position, frequency);
    }

    /**
     * @param x (B, L, H, E)
     * @param rotaryEmbedding complex64 (1, L, 1, E/2)
     * @return (B, L, H, E) in the type of {@code x}
     */
    public static Tensor apply(Tensor x, Tensor rotaryEmbedding) {
        Tensor wide = Tensors.to(x, DType.F32);
        Tensor complex =
                torch.view_as_complex(wide.unflatten(-1, wide.size(-1) / 2, 2).contiguous());
        Tensor turned = torch.view_as_real(complex.mul(rotaryEmbedding)).flatten(3, 4);
        return Tensors.to(turned, DType.of(x));
    }
}
