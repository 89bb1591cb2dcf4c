package dev.atelier.engine.vae;

import dev.atelier.engine.nn.Conv2d;
import dev.atelier.engine.nn.Layers;
import dev.atelier.engine.tensor.Scopes;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Two convolutions with a shortcut. Keys: {@code resnets.N.}. Source: diffusers {@code ResnetBlock2D} without time embedding. */
final class ResnetBlock {
    private final GroupNorm norm1;
    private final Conv2d conv1;
    private final GroupNorm norm2;
    private final Conv2d conv2;
    private final Conv2d convShortcut; // null when the channels stay

    ResnetBlock(Layers layers, int in, int out, int groups) {
        norm1 = new GroupNorm(layers, "norm1", in, groups);
        conv1 = layers.conv("conv1", in, out, Conv2d.Geometry.SAME_3X3);
        norm2 = new GroupNorm(layers, "norm2", out, groups);
        conv2 = layers.conv("conv2", out, out, Conv2d.Geometry.SAME_3X3);
        convShortcut = in == out ? null : layers.conv("conv_shortcut", in, out, Conv2d.Geometry.POINTWISE);
    }

    /** @param x (B, in, H, W) @return (B, out, H, W) */
    Tensor forward(Tensor x) {
        return Scopes.scoped(() -> {
            Tensor h = Scopes.scoped(() -> conv1.forward(torch.silu(norm1.forward(x))));
            Tensor residual = Scopes.scoped(() -> conv2.forward(torch.silu(norm2.forward(h))));
            return residual.add(convShortcut == null ? x : convShortcut.forward(x));
        });
    }
}
