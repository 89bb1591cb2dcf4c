package dev.atelier.engine.dit;

import dev.atelier.engine.nn.Activations;
import dev.atelier.engine.nn.Attention;
import dev.atelier.engine.nn.Layers;
import dev.atelier.engine.nn.Linear;
import dev.atelier.engine.nn.Norms;
import dev.atelier.engine.nn.Rope;
import dev.atelier.engine.tensor.DType;
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
    Tensor forward(Tensor x, Modulation mod, Tensor rotaryEmbedding, KeyValue references) {
        return Scopes.scoped(() -> run(x, mod, rotaryEmbedding, references).get(0));
    }

    /** Reference tokens alone, seeing themselves and {@code earlier} (may be null). @param references (B, R, D) */
    DoubleStreamBlock.Extracted extract(Tensor references, Modulation mod, Tensor rotaryEmbedding, KeyValue earlier) {
        List<Tensor> out = Scopes.scopedAll(() -> {
            List<Tensor> parts = run(references, mod, rotaryEmbedding, earlier);
            KeyValue all = new KeyValue(parts.get(1), parts.get(2)).compact();
            return List.of(parts.get(0), all.key(), all.value());
        });
        return new DoubleStreamBlock.Extracted(out.get(0), new KeyValue(out.get(1), out.get(2)));
    }

    /** As {@link #extract}, without the tokens after the block. */
    KeyValue keyValue(Tensor references, Modulation mod, Tensor rotaryEmbedding, KeyValue earlier) {
        List<Tensor> out = Scopes.scopedAll(() -> {
            Projected projected = project(references, mod, rotaryEmbedding);
            KeyValue all = new KeyValue(projected.key(), projected.value())
                    .after(earlier)
                    .compact();
            return List.of(all.key(), all.value());
        });
        return new KeyValue(out.get(0), out.get(1));
    }

    /** Queries and keys in their places, values, each (B, H, L, E), and the inside of the feed-forward part (B, L, 2M). */
    private record Projected(Tensor query, Tensor key, Tensor value, Tensor inner) {}

    /** Queries and keys lie side by side, and are normalised and turned together. */
    private Projected project(Tensor x, Modulation mod, Tensor rotaryEmbedding) {
        Tensor projected = toQkvMlpProj.forward(mod.normalize(x, eps)); // (B, L, 3D + 2M)
        List<Tensor> parts = Tensors.split(projected, -1, 2L * dim, dim, 2L * mlpDim);
        long heads = dim / headDim;
        Tensor queriesAndKeys = Attention.splitHeads(parts.get(0), headDim); // (B, L, 2H, E)
        Tensor weight = Tensors.cat(0, normQ.expand(heads, headDim), normK.expand(heads, headDim));
        // In fp32 until they are turned: the norm and its weight would each round to 16 bits.
        Tensor normalized =
                Norms.rmsNorm(Tensors.to(queriesAndKeys, DType.F32), eps).mul(weight);
        Tensor turned = Tensors.to(Rope.apply(normalized, rotaryEmbedding), DType.of(projected))
                .transpose(1, 2);
        return new Projected(
                turned.narrow(1, 0, heads),
                turned.narrow(1, heads, heads),
                Attention.splitHeads(parts.get(1), headDim).transpose(1, 2),
                parts.get(2));
    }

    /** The block's result, and the keys and values it attended to. */
    private List<Tensor> run(Tensor x, Modulation mod, Tensor rotaryEmbedding, KeyValue others) {
        Projected projected = project(x, mod, rotaryEmbedding);
        KeyValue all = new KeyValue(projected.key(), projected.value()).after(others);
        Tensor attention = Attention.full(projected.query(), all.key(), all.value()); // (B, L, D)
        Tensor mlp = Activations.swiGlu(projected.inner()); // (B, L, M)
        Tensor out = mod.addGated(x, toOut.forward(Tensors.cat(-1, attention, mlp)));
        return List.of(out, all.key(), all.value());
    }
}
