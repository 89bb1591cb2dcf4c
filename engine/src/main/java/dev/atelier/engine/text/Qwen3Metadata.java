package dev.atelier.engine.text;

import dev.atelier.engine.tensor.EngineException;
import dev.atelier.engine.weights.JsonConfig;
import dev.atelier.engine.weights.Qwen3Keys;
import dev.atelier.engine.weights.Weights;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a GGUF file says of the Qwen3 in it, under the keys of llama.cpp. */
final class Qwen3Metadata {
    /** Numbers are kept there in fp32. */
    private static final double ROUNDING = 1e-6;

    private Qwen3Metadata() {}

    /** Whether the file says which model is in it. */
    static boolean isThere(Weights weights) {
        return weights.metadata().containsKey(Qwen3Keys.ARCHITECTURE);
    }

    /** @throws EngineException when another model is in it, or a number is missing or none */
    static JsonConfig config(Weights weights) {
        Map<String, String> said = weights.metadata();
        String architecture = said.get(Qwen3Keys.ARCHITECTURE);
        if (!architecture.equals(Qwen3Keys.QWEN3)) {
            throw new EngineException(weights.path() + ": " + Qwen3Keys.ARCHITECTURE + ": '" + architecture
                    + "'; as a text encoder '" + Qwen3Keys.QWEN3 + "' is read");
        }
        String scaling = said.getOrDefault(Qwen3Keys.QWEN3 + ".rope.scaling.type", "none");
        if (!scaling.equals("none")) {
            throw new EngineException(
                    weights.path() + ": " + Qwen3Keys.QWEN3 + ".rope.scaling.type: '" + scaling + "'; 'none' is read");
        }
        Map<String, Object> config = new LinkedHashMap<>();
        Qwen3Keys.WHOLE.forEach((key, ours) -> {
            String text = said.get(Qwen3Keys.QWEN3 + "." + key);
            if (text == null || !text.matches("\\d{1,9}")) {
                throw wrong(weights, key, text, "a whole number");
            }
            config.put(ours, Integer.parseInt(text));
        });
        Qwen3Keys.NUMBERS.forEach((key, ours) -> {
            String text = said.get(Qwen3Keys.QWEN3 + "." + key);
            if (text == null || !text.matches("\\d{1,12}(\\.\\d{1,20})?(E-?\\d{1,2})?")) {
                throw wrong(weights, key, text, "a number");
            }
            config.put(ours, Double.parseDouble(text));
        });
        long[] table = weights.shape("model.embed_tokens.weight");
        if (table.length != 2) {
            throw new EngineException(
                    weights.path() + ": token_embd.weight: expected a matrix, found " + Arrays.toString(table));
        }
        config.put("vocab_size", table[0]);
        config.put("tie_word_embeddings", !weights.has("lm_head.weight"));
        return JsonConfig.of(weights.path() + ": (by its key-value pairs)", config);
    }

    private static EngineException wrong(Weights weights, String key, String found, String expected) {
        return new EngineException(weights.path() + ": " + Qwen3Keys.QWEN3 + "." + key + ": expected " + expected
                + ", found " + (found == null ? "nothing" : "'" + found + "'"));
    }

    /** @throws EngineException when {@code config.json} describes another model; how the vocabulary's projection is stored may differ */
    static void requireSame(Weights weights, Qwen3Config own, Qwen3Config json) {
        boolean same = own.vocabSize() == json.vocabSize()
                && own.hiddenSize() == json.hiddenSize()
                && own.intermediateSize() == json.intermediateSize()
                && own.numHiddenLayers() == json.numHiddenLayers()
                && own.numAttentionHeads() == json.numAttentionHeads()
                && own.numKeyValueHeads() == json.numKeyValueHeads()
                && own.headDim() == json.headDim()
                && near(own.rmsNormEps(), json.rmsNormEps())
                && near(own.ropeTheta(), json.ropeTheta());
        if (!same) {
            throw new EngineException(weights.path() + " says " + own + ", the config.json beside it " + json);
        }
    }

    private static boolean near(double a, double b) {
        return Math.abs(a - b) <= ROUNDING * Math.abs(b);
    }
}
