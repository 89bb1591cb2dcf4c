package dev.atelier.engine.reference;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Qwen3 as transformers' {@code modeling_qwen3.py} has it. */
public final class SlowQwen3 {
    private final Shape shape;
    private final SeededWeights weights;
    private final Fault fault;

    /** @param tied whether the vocabulary projection is the embedding table */
    public record Shape(
            int vocabulary,
            int hidden,
            int intermediate,
            int layers,
            int heads,
            int keyValueHeads,
            int headDim,
            double theta,
            boolean tied) {
        static final double EPS = 1e-6;

        Map<String, Object> config() {
            Map<String, Object> out = new LinkedHashMap<>();
            out.put("model_type", "qwen3");
            out.put("vocab_size", vocabulary);
            out.put("hidden_size", hidden);
            out.put("intermediate_size", intermediate);
            out.put("num_hidden_layers", layers);
            out.put("num_attention_heads", heads);
            out.put("num_key_value_heads", keyValueHeads);
            out.put("head_dim", headDim);
            out.put("hidden_act", "silu");
            out.put("rms_norm_eps", EPS);
            out.put("rope_theta", theta);
            out.put("tie_word_embeddings", tied);
            return out;
        }
    }

    public SlowQwen3(Shape shape, SeededWeights weights, Fault fault) {
        this.shape = shape;
        this.weights = weights;
        this.fault = fault;
    }

    /** The hidden states that {@code hiddenLayers} name, side by side, {@code [token][hiddenLayers * hidden]}. @param length tokens that are no padding */
    public double[][] embeds(long[] ids, int length, List<Integer> hiddenLayers) {
        List<double[][]> states = states(ids, length);
        double[][] out = null;
        for (int tap : hiddenLayers) {
            double[][] state = states.get(fault == Fault.TEXT_TAP_MOVED ? tap - 1 : tap);
            out = out == null ? state : SlowMath.beside(out, state);
        }
        return out;
    }

    /** Logits of the token that follows {@code ids}. */
    public double[] logits(long[] ids) {
        double[][] last = states(ids, ids.length).getLast();
        double[] projection = weights.get(
                shape.tied() ? "model.embed_tokens.weight" : "lm_head.weight", shape.vocabulary(), shape.hidden());
        return SlowMath.linear(SlowMath.tokens(last, ids.length - 1, 1), projection)[0];
    }

    /** The embedding and every layer's output; the last layer's is normalised. */
    private List<double[][]> states(long[] ids, int length) {
        double[] table = weights.get("model.embed_tokens.weight", shape.vocabulary(), shape.hidden());
        double[][] x = new double[ids.length][shape.hidden()];
        for (int i = 0; i < ids.length; i++) {
            System.arraycopy(table, (int) ids[i] * shape.hidden(), x[i], 0, shape.hidden());
        }
        List<double[][]> out = new ArrayList<>();
        out.add(x);
        for (int layer = 0; layer < shape.layers(); layer++) {
            x = layer(x, length, "model.layers." + layer + ".");
            out.add(x);
        }
        out.set(shape.layers(), SlowMath.rmsNorm(x, weights.get("model.norm.weight", shape.hidden()), Shape.EPS));
        if (!shape.tied()) {
            weights.get("lm_head.weight", shape.vocabulary(), shape.hidden());
        }
        return out;
    }

    private double[][] layer(double[][] x, int length, String at) {
        int d = shape.hidden();
        int m = shape.intermediate();
        int queries = shape.heads() * shape.headDim();
        int keys = shape.keyValueHeads() * shape.headDim();
        double[][] normed = SlowMath.rmsNorm(x, weights.get(at + "input_layernorm.weight", d), Shape.EPS);
        double[][] q = rotated(SlowMath.rmsNormHeads(
                SlowMath.linear(normed, weights.get(at + "self_attn.q_proj.weight", queries, d)),
                weights.get(at + "self_attn.q_norm.weight", shape.headDim()),
                Shape.EPS));
        double[][] k = rotated(SlowMath.rmsNormHeads(
                SlowMath.linear(normed, weights.get(at + "self_attn.k_proj.weight", keys, d)),
                weights.get(at + "self_attn.k_norm.weight", shape.headDim()),
                Shape.EPS));
        double[][] v = SlowMath.linear(normed, weights.get(at + "self_attn.v_proj.weight", keys, d));
        int seen = fault == Fault.TEXT_PADDING_SEEN ? x.length : length;
        double[][] attention = SlowMath.attention(
                q, k, v, shape.headDim(), shape.heads() / shape.keyValueHeads(), i -> Math.min(i + 1, seen));
        double[][] h =
                SlowMath.add(x, SlowMath.linear(attention, weights.get(at + "self_attn.o_proj.weight", d, queries)));
        double[][] inner = SlowMath.rmsNorm(h, weights.get(at + "post_attention_layernorm.weight", d), Shape.EPS);
        double[][] gated = SlowMath.swiGlu(SlowMath.beside(
                SlowMath.linear(inner, weights.get(at + "mlp.gate_proj.weight", m, d)),
                SlowMath.linear(inner, weights.get(at + "mlp.up_proj.weight", m, d))));
        return SlowMath.add(h, SlowMath.linear(gated, weights.get(at + "mlp.down_proj.weight", d, m)));
    }

    /** Numbers j and j + E/2 of each head turned by {@code token / theta^(2j/E)}. */
    private double[][] rotated(double[][] x) {
        if (fault == Fault.TEXT_WITHOUT_ROPE) {
            return x;
        }
        int e = shape.headDim();
        double[][] out = new double[x.length][x[0].length];
        for (int token = 0; token < x.length; token++) {
            for (int head = 0; head < x[0].length; head += e) {
                for (int j = 0; j < e / 2; j++) {
                    double angle = token / Math.pow(shape.theta(), 2.0 * j / e);
                    double a = x[token][head + j];
                    double b = x[token][head + j + e / 2];
                    out[token][head + j] = a * Math.cos(angle) - b * Math.sin(angle);
                    out[token][head + j + e / 2] = b * Math.cos(angle) + a * Math.sin(angle);
                }
            }
        }
        return out;
    }
}
