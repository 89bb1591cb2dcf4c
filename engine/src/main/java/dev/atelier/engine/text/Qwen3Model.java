package dev.atelier.engine.text;

import dev.atelier.engine.nn.Attention;
import dev.atelier.engine.nn.Embedding;
import dev.atelier.engine.nn.Layers;
import dev.atelier.engine.nn.Linear;
import dev.atelier.engine.nn.Norms;
import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.Device;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Qwen3. As a prompt encoder it stops after the last layer whose output is asked for; as a language model it runs whole. Source:
 * transformers {@code modeling_qwen3.py}.
 */
public final class Qwen3Model {
    private final Qwen3Config config;
    private final Device device;
    private final Embedding embedTokens; // model.embed_tokens (V, D)
    private final List<Qwen3Layer> layers = new ArrayList<>();
    private final Tensor norm; // model.norm.weight (D)
    private final Linear lmHead; // lm_head (V, D), or the embedding table

    /**
     * @param layersToRun decoder layers that will be called; the rest is checked but not loaded. The final norm and the
     *     vocabulary projection are loaded only when all layers are
     */
    public Qwen3Model(Qwen3Config config, Layers weights, int layersToRun, Device device) {
        this.config = config;
        this.device = device;
        Layers model = weights.at("model");
        boolean whole = layersToRun == config.numHiddenLayers();
        embedTokens = model.embedding("embed_tokens", config.vocabSize(), config.hiddenSize());
        for (int i = 0; i < config.numHiddenLayers(); i++) {
            Layers at = model.at("layers", i);
            Qwen3Layer layer = new Qwen3Layer(config, i < layersToRun ? at : at.unused());
            if (i < layersToRun) {
                layers.add(layer);
            }
        }
        norm = (whole ? model : model.unused()).tensor("norm.weight", config.hiddenSize());
        lmHead = lmHead(weights, whole);
    }

    private Linear lmHead(Layers weights, boolean whole) {
        int dim = config.hiddenSize();
        int vocabulary = config.vocabSize();
        if (!config.tieWordEmbeddings()) {
            return (whole ? weights : weights.unused()).linear("lm_head", dim, vocabulary);
        }
        if (weights.has("lm_head.weight")) {
            weights.unused().linear("lm_head", dim, vocabulary);
        }
        return weights.tiedLinear("model.embed_tokens", embedTokens, dim, vocabulary);
    }

    public Qwen3Config config() {
        return config;
    }

    /**
     * Hidden states of several layers, side by side, as FLUX.2 klein takes them. 0 is the embedding, k the output of the k-th
     * layer; the output of the last one is normalised, as transformers has it.
     *
     * @param ids int64 (B, L), right-padded
     * @param lengths tokens that are no padding, one a row; padding sees these, nothing sees padding
     * @param hiddenLayers layers, each at most {@code layersToRun}
     * @param frequencyType the type that rotary frequencies are rounded to: {@code F32}, unless results of a reference are wanted
     *     whose whole model, buffers included, was cast to 16 bits
     * @return (B, L, hiddenLayers · D)
     */
    public Tensor hiddenStates(Tensor ids, int[] lengths, List<Integer> hiddenLayers, DType frequencyType) {
        return Scopes.scoped(() -> {
            long tokens = ids.size(1);
            Qwen3Layer.KeyValues padded = paddedAttention(tokens, lengths);
            Tensor[] hidden = new Tensor[hiddenLayers.size()];
            Tensor x = embedTokens.forward(ids);
            Rotary rotary = rotary(0, tokens, frequencyType, DType.of(x));
            int last = Collections.max(hiddenLayers);
            for (int i = 0; i <= last; i++) {
                if (i > 0) {
                    x = layers.get(i - 1).forward(x, rotary.cos(), rotary.sin(), padded);
                }
                for (int t = 0; t < hidden.length; t++) {
                    if (hiddenLayers.get(t) == i) {
                        hidden[t] = i == config.numHiddenLayers() ? Norms.rmsNorm(x, norm, config.rmsNormEps()) : x;
                    }
                }
            }
            return Tensors.cat(-1, hidden);
        });
    }

    /** Keys beyond the longest prompt are padding that nobody sees, so only those before it are looked at. */
    private Qwen3Layer.KeyValues paddedAttention(long tokens, int[] lengths) {
        int visible = 1;
        for (int length : lengths) {
            visible = Math.max(visible, length);
        }
        float[] mask = new float[Math.toIntExact(lengths.length * tokens * visible)];
        int at = 0;
        for (int length : lengths) {
            for (int i = 0; i < tokens; i++) {
                for (int j = 0; j < visible; j++) {
                    mask[at++] = j <= i && j < length ? 0 : Float.NEGATIVE_INFINITY;
                }
            }
        }
        Tensor additive = Tensors.to(Tensors.of(mask, lengths.length, 1, tokens, visible), device);
        long keys = visible;
        return (q, k, v, groups) -> Attention.masked(
                q,
                repeat(k.narrow(2, 0, keys), groups),
                repeat(v.narrow(2, 0, keys), groups),
                Tensors.to(additive, DType.of(q)));
    }

    /** (B, G, S, E) to (B, G·groups, S, E), each head as often as query heads share it. */
    private static Tensor repeat(Tensor x, int groups) {
        if (groups == 1) {
            return x;
        }
        return x.unsqueeze(2)
                .expand(x.size(0), x.size(1), groups, x.size(2), x.size(3))
                .reshape(x.size(0), x.size(1) * groups, x.size(2), x.size(3));
    }

    /**
     * The logits after the last of {@code ids}, continuing {@code cache}, to which the new keys and values are added.
     *
     * @param ids int64 (1, L)
     * @return (vocabulary)
     */
    Tensor nextLogits(Tensor ids, Qwen3Cache cache) {
        return Scopes.scoped(() -> {
            long tokens = ids.size(1);
            Tensor x = embedTokens.forward(ids);
            Rotary rotary = rotary(cache.length(), tokens, DType.F32, DType.of(x));
            for (int i = 0; i < layers.size(); i++) {
                Qwen3Cache.Layer cached = cache.layer(i);
                Tensor in = x;
                x = layers.get(i).forward(in, rotary.cos(), rotary.sin(), (q, k, v, groups) -> {
                    cached.append(k, v, cache.length());
                    long keys = cache.length() + tokens;
                    Tensor allKeys = repeat(cached.keys(keys), groups);
                    Tensor allValues = repeat(cached.values(keys), groups);
                    if (tokens == 1) {
                        return Attention.full(q, allKeys, allValues);
                    }
                    Tensor mask = causalMask(cache.length(), tokens);
                    return Attention.masked(q, allKeys, allValues, Tensors.to(mask, DType.of(q)));
                });
                in.close();
            }
            cache.advance(tokens);
            Tensor last = Norms.rmsNorm(x.narrow(1, tokens - 1, 1), norm, config.rmsNormEps());
            return Tensors.to(lmHead.forward(last), DType.F32).flatten();
        });
    }

    Qwen3Cache newCache(int capacity) {
        return new Qwen3Cache(config, capacity, device);
    }

    Device device() {
        return device;
    }

    private Tensor causalMask(long before, long tokens) {
        float[] mask = new float[Math.toIntExact(tokens * (before + tokens))];
        for (int i = 0; i < tokens; i++) {
            for (int j = 0; j < before + tokens; j++) {
                mask[(int) (i * (before + tokens)) + j] = j <= before + i ? 0 : Float.NEGATIVE_INFINITY;
            }
        }
        return Tensors.to(Tensors.of(mask, 1, 1, tokens, before + tokens), device);
    }

    /** Cosines and sines of the angles, each (L, E), both halves alike. */
    private record Rotary(Tensor cos, Tensor sin) {}

    private Rotary rotary(long from, long tokens, DType frequencyType, DType type) {
        long half = config.headDim() / 2;
        Tensor exponent = Tensors.range(half).mul(new Scalar(1.0 / half));
        Tensor exact = torch.pow(new Scalar(config.ropeTheta()), exponent).reciprocal();
        Tensor frequency = Tensors.to(Tensors.to(exact, frequencyType), DType.F64);
        Tensor positions = Tensors.range(tokens).add(new Scalar((double) from));
        Tensor angles = torch.outer(positions, frequency);
        Tensor both = Tensors.to(Tensors.cat(-1, angles, angles), device);
        return new Rotary(Tensors.to(both.cos(), type), Tensors.to(both.sin(), type));
    }
}
