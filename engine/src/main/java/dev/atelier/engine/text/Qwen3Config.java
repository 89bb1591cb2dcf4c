package dev.atelier.engine.text;

import dev.atelier.engine.tensor.Device;
import dev.atelier.engine.weights.JsonConfig;
import dev.atelier.engine.weights.Weights;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * {@code text_encoder/config.json} of a {@code Qwen3ForCausalLM}.
 *
 * @param headDim numbers of a head; queries are {@code numAttentionHeads * headDim} wide, whatever {@code hiddenSize} is
 * @param tieWordEmbeddings the vocabulary projection is the embedding table
 */
public record Qwen3Config(
        int vocabSize,
        int hiddenSize,
        int intermediateSize,
        int numHiddenLayers,
        int numAttentionHeads,
        int numKeyValueHeads,
        int headDim,
        double rmsNormEps,
        double ropeTheta,
        boolean tieWordEmbeddings) {
    public static final String CLASS_NAME = "Qwen3ForCausalLM";

    /** The name of its weights' file as transformers writes it, without ending. */
    public static final String FILE = "model";

    /**
     * The configuration of the component in {@code folder}: its {@code config.json}; of a GGUF file what it says of itself, which must not
     * contradict a {@code config.json} beside it.
     *
     * @throws dev.atelier.engine.tensor.EngineException naming the file and what is wrong
     */
    public static Qwen3Config read(Path folder) {
        Path json = folder.resolve("config.json");
        if (!Weights.isOneFile(folder, FILE)) {
            return parse(JsonConfig.read(json));
        }
        try (Weights weights = Weights.open(folder, FILE, Device.CPU)) {
            if (!Qwen3Metadata.isThere(weights)) {
                return parse(JsonConfig.read(json));
            }
            Qwen3Config own = parse(Qwen3Metadata.config(weights));
            if (Files.exists(json)) {
                Qwen3Metadata.requireSame(weights, own, parse(JsonConfig.read(json)));
            }
            return own;
        }
    }

    /** Accepts the keys of transformers 4 ({@code rope_theta}) and 5 ({@code rope_parameters}). */
    public static Qwen3Config parse(JsonConfig json) {
        json.requireText("model_type", "qwen3");
        json.requireText("hidden_act", "silu");
        json.requireBool("attention_bias", false);
        json.requireBool("use_sliding_window", false);
        for (String type : json.texts("layer_types", java.util.List.of())) {
            if (!type.equals("full_attention")) {
                throw json.wrong("layer_types", "'full_attention' everywhere, the only one supported");
            }
        }
        if (json.has("rope_scaling")) {
            throw json.wrong("rope_scaling", "null, the only value supported");
        }
        JsonConfig rope = json.object("rope_parameters");
        rope.requireText("rope_type", "default");
        int heads = json.integer("num_attention_heads", 1, 1024);
        int hidden = json.integer("hidden_size", 1, 1 << 16);
        int keyValueHeads = json.integer("num_key_value_heads", 1, heads, heads);
        if (heads % keyValueHeads != 0) {
            throw json.wrong("num_key_value_heads", "a divisor of num_attention_heads = " + heads);
        }
        int headDim = json.integer("head_dim", 2, 1024, Math.max(2, hidden / heads));
        if (headDim % 2 != 0) {
            throw json.wrong("head_dim", "an even number");
        }
        return new Qwen3Config(
                json.integer("vocab_size", 1, 1 << 24),
                hidden,
                json.integer("intermediate_size", 1, 1 << 20),
                json.integer("num_hidden_layers", 1, 1000),
                heads,
                keyValueHeads,
                headDim,
                json.number("rms_norm_eps", 1e-12, 1, 1e-6),
                rope.number("rope_theta", 1, 1e12, json.number("rope_theta", 1, 1e12, 10_000)),
                json.bool("tie_word_embeddings", false));
    }
}
