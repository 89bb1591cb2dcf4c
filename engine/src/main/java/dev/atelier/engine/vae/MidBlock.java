package dev.atelier.engine.vae;

import dev.atelier.engine.nn.Attention;
import dev.atelier.engine.nn.Layers;
import dev.atelier.engine.nn.Linear;
import dev.atelier.engine.tensor.Scopes;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The coarsest level: a residual block, optional attention of one head over all pixels, a residual block. Keys: {@code mid_block.}. */
final class MidBlock {
    private final ResnetBlock first;
    private final SelfAttention attention; // null without mid attention
    private final ResnetBlock second;

    MidBlock(Layers layers, int channels, int groups, boolean attention) {
        first = new ResnetBlock(layers.at("resnets", 0), channels, channels, groups);
        this.attention = attention ? new SelfAttention(layers.at("attentions", 0), channels, groups) : null;
        second = new ResnetBlock(layers.at("resnets", 1), channels, channels, groups);
    }

    Tensor forward(Tensor x) {
        return Scopes.scoped(() -> {
            Tensor h = first.forward(x);
            return second.forward(attention == null ? h : attention.forward(h));
        });
    }

    private static final class SelfAttention {
        private final GroupNorm groupNorm;
        private final Linear toQ;
        private final Linear toK;
        private final Linear toV;
        private final Linear toOut;

        SelfAttention(Layers layers, int channels, int groups) {
            groupNorm = new GroupNorm(layers, "group_norm", channels, groups);
            toQ = layers.biasedLinear("to_q", channels, channels);
            toK = layers.biasedLinear("to_k", channels, channels);
            toV = layers.biasedLinear("to_v", channels, channels);
            toOut = layers.biasedLinear("to_out.0", channels, channels);
        }

        /** @param x (B, C, H, W) */
        Tensor forward(Tensor x) {
            return Scopes.scoped(() -> {
                Tensor tokens =
                        groupNorm.forward(x).flatten(2, 3).transpose(1, 2).contiguous(); // (B, HW, C)
                Tensor mixed = Attention.full(
                        toQ.forward(tokens).unsqueeze(1),
                        toK.forward(tokens).unsqueeze(1),
                        toV.forward(tokens).unsqueeze(1));
                Tensor out = toOut.forward(mixed).transpose(1, 2).unflatten(2, x.size(2), x.size(3));
                return x.add(out).contiguous(torch.MemoryFormat.ChannelsLast);
            });
        }
    }
}
