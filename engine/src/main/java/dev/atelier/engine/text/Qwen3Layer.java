package dev.atelier.engine.text;

import dev.atelier.engine.nn.Attention;
import dev.atelier.engine.nn.Layers;
import dev.atelier.engine.nn.Linear;
import dev.atelier.engine.nn.Norms;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * One decoder layer: grouped-query attention with normalised queries and keys, then SwiGLU. Keys: {@code model.layers.N.}.
 * B batch, L tokens, D width, H query heads, G key/value heads, E head. Source: transformers {@code Qwen3DecoderLayer}.
 */
final class Qwen3Layer {
    private final Tensor inputLayernorm; // input_layernorm.weight (D)
    private final Linear qProj; // self_attn.q_proj (H·E, D)
    private final Linear kProj; // self_attn.k_proj (G·E, D)
    private final Linear vProj; // self_attn.v_proj (G·E, D)
    private final Tensor qNorm; // self_attn.q_norm.weight (E)
    private final Tensor kNorm; // self_attn.k_norm.weight (E)
    private final Linear oProj; // self_attn.o_proj (D, H·E)
    private final Tensor postAttentionLayernorm; // post_attention_layernorm.weight (D)
    private final Linear gateProj; // mlp.gate_proj (M, D)
    private final Linear upProj; // mlp.up_proj (M, D)
    private final Linear downProj; // mlp.down_proj (D, M)
    private final int headDim;
    private final int groups;
    private final double eps;

    Qwen3Layer(Qwen3Config c, Layers layers) {
        headDim = c.headDim();
        groups = c.numAttentionHeads() / c.numKeyValueHeads();
        eps = c.rmsNormEps();
        long query = (long) c.numAttentionHeads() * headDim;
        long keyValue = (long) c.numKeyValueHeads() * headDim;
        inputLayernorm = layers.tensor("input_layernorm.weight", c.hiddenSize());
        Layers attn = layers.at("self_attn");
        qProj = attn.linear("q_proj", c.hiddenSize(), query);
        kProj = attn.linear("k_proj", c.hiddenSize(), keyValue);
        vProj = attn.linear("v_proj", c.hiddenSize(), keyValue);
        qNorm = attn.tensor("q_norm.weight", headDim);
        kNorm = attn.tensor("k_norm.weight", headDim);
        oProj = attn.linear("o_proj", query, c.hiddenSize());
        postAttentionLayernorm = layers.tensor("post_attention_layernorm.weight", c.hiddenSize());
        Layers mlp = layers.at("mlp");
        gateProj = mlp.linear("gate_proj", c.hiddenSize(), c.intermediateSize());
        upProj = mlp.linear("up_proj", c.hiddenSize(), c.intermediateSize());
        downProj = mlp.linear("down_proj", c.intermediateSize(), c.hiddenSize());
    }

    /** How queries find their keys: which of them exist, and which each may see. */
    interface KeyValues {
        /**
         * Takes this layer's new keys and values (B, G, L, E) and attends.
         *
         * @param query (B, H, L, E)
         * @return (B, L, H·E)
         */
        Tensor attend(Tensor query, Tensor key, Tensor value, int groups);
    }

    /**
     * @param x (B, L, D)
     * @param cos of the rotary angles, (L, E/2) twice side by side
     * @param sin as {@code cos}
     */
    Tensor forward(Tensor x, Tensor cos, Tensor sin, KeyValues keyValues) {
        return Scopes.scoped(() -> {
            Tensor h = x.add(attention(Norms.rmsNorm(x, inputLayernorm, eps), cos, sin, keyValues));
            Tensor normed = Norms.rmsNorm(h, postAttentionLayernorm, eps);
            Tensor inner = torch.silu(gateProj.forward(normed)).mul(upProj.forward(normed));
            return h.add(downProj.forward(inner));
        });
    }

    private Tensor attention(Tensor x, Tensor cos, Tensor sin, KeyValues keyValues) {
        return Scopes.scoped(() -> {
            Tensor q = Norms.rmsNorm(Attention.splitHeads(qProj.forward(x), headDim), qNorm, eps);
            Tensor k = Norms.rmsNorm(Attention.splitHeads(kProj.forward(x), headDim), kNorm, eps);
            Tensor v = Attention.splitHeads(vProj.forward(x), headDim).transpose(1, 2);
            Tensor attention = keyValues.attend(
                    rotate(q.transpose(1, 2), cos, sin), rotate(k.transpose(1, 2), cos, sin), v, groups);
            return oProj.forward(attention);
        });
    }

    /** Rotary positions in the half-split form: (x1, x2) to (x1 cos - x2 sin, x2 cos + x1 sin). @param x (B, H, L, E) */
    private static Tensor rotate(Tensor x, Tensor cos, Tensor sin) {
        long half = x.size(-1) / 2;
        Tensor turned = Tensors.cat(-1, x.narrow(-1, half, half).neg(), x.narrow(-1, 0, half));
        return torch.addcmul(x.mul(cos), turned, sin);
    }
}
