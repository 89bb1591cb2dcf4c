package dev.atelier.engine.dit;

import dev.atelier.engine.nn.Activations;
import dev.atelier.engine.nn.Attention;
import dev.atelier.engine.nn.Layers;
import dev.atelier.engine.nn.Linear;
import dev.atelier.engine.nn.Linears;
import dev.atelier.engine.nn.Norms;
import dev.atelier.engine.nn.Rope;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * Double-stream block: image and text keep weights of their own and meet in one attention. Keys: {@code transformer_blocks.N.}.
 * B batch, N image tokens, T text tokens, D width, H heads, E = D/H. Source: {@code Flux2TransformerBlock}.
 */
final class DoubleStreamBlock {
    private final Stream image;
    private final Stream text;
    private final double eps;
    private final int headDim;

    /** Both streams after or before a block, (B, N, D) and (B, T, D). */
    record Streams(Tensor image, Tensor text) {
        void close() {
            image.close();
            text.close();
        }
    }

    /** Modulation of the attention and of the feed-forward sub-block of one stream. */
    record StreamModulation(Modulation attention, Modulation feedForward) {
        static StreamModulation of(Tensor projected, long dim) {
            return new StreamModulation(Modulation.of(projected, 0, dim), Modulation.of(projected, 1, dim));
        }
    }

    /** Reference tokens after a block, and what the block leaves in the cache. */
    record Extracted(Tensor references, KeyValue keyValue) {}

    DoubleStreamBlock(TransformerConfig c, Layers layers) {
        eps = c.eps();
        headDim = c.attentionHeadDim();
        Layers attn = layers.at("attn");
        image = new Stream(
                c,
                attn.linears(List.of("to_q", "to_k", "to_v"), c.dim(), c.dim()),
                new HeadNorms(attn.tensor("norm_q.weight", headDim), attn.tensor("norm_k.weight", headDim)),
                attn.linear("to_out.0", c.dim(), c.dim()),
                layers.at("ff"));
        text = new Stream(
                c,
                attn.linears(List.of("add_q_proj", "add_k_proj", "add_v_proj"), c.dim(), c.dim()),
                new HeadNorms(attn.tensor("norm_added_q.weight", headDim), attn.tensor("norm_added_k.weight", headDim)),
                attn.linear("to_add_out", c.dim(), c.dim()),
                layers.at("ff_context"));
    }

    /**
     * @param rotaryEmbedding rotary embedding of text then image tokens, complex (1, T+N, 1, E/2)
     * @param references cached keys and values that text and image also attend to; may be null
     */
    Streams forward(
            Streams in,
            StreamModulation imageMod,
            StreamModulation textMod,
            Tensor rotaryEmbedding,
            KeyValue references) {
        List<Tensor> out = Scopes.scopedAll(() -> {
            Projected t = text.project(textMod.attention().normalize(in.text(), eps));
            Projected i = image.project(imageMod.attention().normalize(in.image(), eps));
            Tensor q = Rope.apply(Tensors.cat(1, t.query(), i.query()), rotaryEmbedding)
                    .transpose(1, 2); // (B, H, T+N, E)
            Tensor k = Rope.apply(Tensors.cat(1, t.key(), i.key()), rotaryEmbedding)
                    .transpose(1, 2);
            Tensor v = Tensors.cat(1, t.value(), i.value()).transpose(1, 2);
            KeyValue all = new KeyValue(k, v).after(references);
            Tensor attention = Attention.full(q, all.key(), all.value()); // (B, T+N, D)
            long textTokens = in.text().size(1);
            long imageTokens = in.image().size(1);
            return List.of(
                    image.finish(in.image(), attention.narrow(1, textTokens, imageTokens), imageMod),
                    text.finish(in.text(), attention.narrow(1, 0, textTokens), textMod));
        });
        return new Streams(out.get(0), out.get(1));
    }

    /** Reference tokens alone, seeing themselves and {@code earlier} (may be null). @param references (B, R, D) */
    Extracted extract(Tensor references, StreamModulation mod, Tensor rotaryEmbedding, KeyValue earlier) {
        List<Tensor> out = Scopes.scopedAll(() -> {
            Projected r = image.project(mod.attention().normalize(references, eps));
            Tensor q = Rope.apply(r.query(), rotaryEmbedding).transpose(1, 2);
            KeyValue all = new KeyValue(
                            Rope.apply(r.key(), rotaryEmbedding).transpose(1, 2),
                            r.value().transpose(1, 2))
                    .after(earlier)
                    .compact();
            Tensor attention = Attention.full(q, all.key(), all.value());
            return List.of(image.finish(references, attention, mod), all.key(), all.value());
        });
        return new Extracted(out.get(0), new KeyValue(out.get(1), out.get(2)));
    }

    /** Queries and keys after their norm, values; each (B, L, H, E). */
    private record Projected(Tensor query, Tensor key, Tensor value) {}

    /** Weights of the norms of each head's queries and keys, (E). */
    private record HeadNorms(Tensor query, Tensor key) {}

    /** The weights of one stream. */
    private final class Stream {
        private final Linears toQkv;
        private final Tensor normQ;
        private final Tensor normK;
        private final Linear toOut;
        private final Linear linearIn; // (2M, D)
        private final Linear linearOut; // (D, M)

        Stream(TransformerConfig c, Linears toQkv, HeadNorms norms, Linear toOut, Layers feedForward) {
            this.toQkv = toQkv;
            this.normQ = norms.query();
            this.normK = norms.key();
            this.toOut = toOut;
            linearIn = feedForward.linear("linear_in", c.dim(), 2L * c.mlpDim());
            linearOut = feedForward.linear("linear_out", c.mlpDim(), c.dim());
        }

        Projected project(Tensor x) {
            List<Tensor> qkv = toQkv.forward(x);
            return new Projected(
                    Norms.rmsNorm(Attention.splitHeads(qkv.get(0), headDim), normQ, eps),
                    Norms.rmsNorm(Attention.splitHeads(qkv.get(1), headDim), normK, eps),
                    Attention.splitHeads(qkv.get(2), headDim));
        }

        Tensor finish(Tensor x, Tensor attention, StreamModulation mod) {
            return Scopes.scoped(() -> {
                Tensor h = mod.attention().addGated(x, toOut.forward(attention));
                Tensor inner =
                        Activations.swiGlu(linearIn.forward(mod.feedForward().normalize(h, eps)));
                return mod.feedForward().addGated(h, linearOut.forward(inner));
            });
        }
    }
}
