package dev.atelier.engine.dit;

import dev.atelier.engine.nn.Activations;
import dev.atelier.engine.nn.Attention;
import dev.atelier.engine.nn.Layers;
import dev.atelier.engine.nn.Linear;
import dev.atelier.engine.nn.Norms;
import dev.atelier.engine.nn.Rope;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * Single-stream block: attention and SwiGLU side by side on text then image tokens. Keys: {@code single_transformer_blocks.N.}.
 * B batch, L tokens, D width, H heads, E = D/H, M inner width. Source: {@code Flux2SingleTransformerBlock}.
 */
final class SingleStreamBlock {
    private final Linear toQkvMlpProj; // attn.to_qkv_mlp_proj (3D + 2M, D)
    private final Tensor normQ; // attn.norm_q.weight (E)
    private final Tensor normK; // attn.norm_k.weight (E)
    private final Linear toOut; // attn.to_out (D, D + M)
    private final int dim;
    private final int mlpDim;
    private final int headDim;
    private final double eps;

    SingleStreamBlock(TransformerConfig c, Layers layers) {
        dim = c.dim();
        mlpDim = c.mlpDim();
        headDim = c.attentionHeadDim();
        eps = c.eps();
        Layers attn = layers.at("attn");
        toQkvMlpProj = attn.linear("to_qkv_mlp_proj", dim, 3L * dim + 2L * mlpDim);
        normQ = attn.tensor("norm_q.weight", headDim);
        normK = attn.tensor("norm_k.weight", headDim);
        toOut = attn.linear("to_out", dim + mlpDim, dim);
    }

    /**
     * @param x (B, L, D)
     * @param references cached keys and values that all tokens also attend to; may be null
     * @return (B, L, D)
     */
    Tensor forward(Tensor x, Modulation mod, Tensor turns, KeyValue references) {
        return Scopes.scoped(() -> run(x, mod, turns, references).get(0));
    }

    /** Reference tokens alone, seeing themselves and {@code earlier} (may be null). @param references (B, R, D) */
    DoubleStreamBlock.Extracted extract(Tensor references, Modulation mod, Tensor turns, KeyValue earlier) {
        List<Tensor> out = Scopes.scopedAll(() -> run(references, mod, turns, earlier));
        return new DoubleStreamBlock.Extracted(out.get(0), new KeyValue(out.get(1), out.get(2)));
    }

    /** The block's result, and the keys and values it attended to. */
    private List<Tensor> run(Tensor x, Modulation mod, Tensor turns, KeyValue others) {
        Tensor proj = toQkvMlpProj.forward(mod.normalize(x, eps)); // (B, L, 3D + 2M)
        List<Tensor> parts = Tensors.split(proj, -1, dim, dim, dim, 2L * mlpDim);
        Tensor q = Rope.apply(Norms.rmsNorm(heads(parts.get(0)), normQ, eps), turns)
                .transpose(1, 2);
        Tensor k = Rope.apply(Norms.rmsNorm(heads(parts.get(1)), normK, eps), turns)
                .transpose(1, 2);
        Tensor v = heads(parts.get(2)).transpose(1, 2);
        KeyValue all = new KeyValue(k, v).after(others);
        Tensor attention = Attention.full(q, all.key(), all.value()); // (B, L, D)
        Tensor mlp = Activations.swiGlu(parts.get(3)); // (B, L, M)
        Tensor out = mod.addGated(x, toOut.forward(Tensors.cat(-1, attention, mlp)));
        return List.of(out, all.key(), all.value());
    }

    /** (B, L, D) to (B, L, H, E). */
    private Tensor heads(Tensor x) {
        return Attention.splitHeads(x, headDim);
    }
}
