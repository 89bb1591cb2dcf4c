package dev.atelier.engine.generation;

import dev.atelier.engine.generation.GenerationStages.Prompt;
import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.Device;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import dev.atelier.engine.text.QwenTokenizer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** Prompts to embeddings, the last ones kept: the negative prompt and repeated prompts cost nothing. */
final class PromptEncoder implements AutoCloseable {
    private static final int CAPACITY = 32;

    private final Components components;
    private final Device device;
    private final Map<Prompt, Tensor> cache = new LinkedHashMap<>(16, 0.75f, true);

    PromptEncoder(Components components, Device device) {
        this.components = components;
        this.device = device;
    }

    /** Tokens that {@code prompt} is padded to by itself. */
    int length(String prompt) {
        return components.index.textTokens(
                components.tokenizer.encodePrompt(prompt, components.index.maxSequenceLength()));
    }

    /** (1, {@code length}, J), owned by this cache and valid until {@link #CAPACITY} other prompts were encoded. */
    Tensor encode(String prompt, int length) {
        return encode(key(prompt, length));
    }

    /** Whether {@link #encode(String, int)} has this at hand. */
    boolean knows(String prompt, int length) {
        return cache.containsKey(key(prompt, length));
    }

    private Prompt key(String prompt, int length) {
        return new Prompt(prompt, length, components.index.textEncoderOutLayers(), DType.F32);
    }

    Tensor encode(Prompt key) {
        Tensor known = cache.get(key);
        if (known != null) {
            return known;
        }
        QwenTokenizer.Tokens tokens = components.tokenizer.encodePrompt(key.text(), key.length());
        components.releaseTransformerPages();
        Tensor embeds = Scopes.owned(() -> {
            Tensor ids = Tensors.to(Tensors.of(tokens.ids(), 1, tokens.ids().length), device);
            return components.textEncoder.hiddenStates(
                    ids, new int[] {tokens.length()}, key.layers(), key.frequencyType());
        });
        components.releaseTextPages();
        cache.put(key, embeds);
        if (cache.size() > CAPACITY) {
            Prompt eldest = cache.keySet().iterator().next();
            cache.remove(eldest).close();
        }
        return embeds;
    }

    @Override
    public void close() {
        Scopes.close(cache.values());
        cache.clear();
    }
}
