package dev.atelier.engine.weights;

import java.util.LinkedHashMap;
import java.util.Map;

/** What llama.cpp calls the numbers of a Qwen3's configuration, and transformers. Source: {@code Keys} in gguf-py's {@code constants.py}. */
public final class Qwen3Keys {
    public static final String ARCHITECTURE = "general.architecture";
    public static final String QWEN3 = "qwen3";

    /** Whole numbers: llama.cpp's key without architecture, transformers' key. */
    public static final Map<String, String> WHOLE = Map.of(
            "embedding_length", "hidden_size",
            "feed_forward_length", "intermediate_size",
            "block_count", "num_hidden_layers",
            "attention.head_count", "num_attention_heads",
            "attention.head_count_kv", "num_key_value_heads",
            "attention.key_length", "head_dim");

    /** Other numbers, kept as fp32: llama.cpp's key without architecture, transformers' key. */
    public static final Map<String, String> NUMBERS =
            Map.of("attention.layer_norm_rms_epsilon", "rms_norm_eps", "rope.freq_base", "rope_theta");

    private static final int MOST = 1 << 30;

    private Qwen3Keys() {}

    /** A {@code config.json} as key-value pairs; defaults are transformers'. */
    static Map<String, Object> pairs(JsonConfig config) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put(ARCHITECTURE, QWEN3);
        int heads = config.integer("num_attention_heads", 1, MOST);
        WHOLE.forEach((theirs, ours) -> {
            int absent = switch (ours) {
                case "num_key_value_heads" -> heads;
                case "head_dim" -> config.integer("hidden_size", 1, MOST) / heads;
                default -> 0;
            };
            out.put(
                    QWEN3 + "." + theirs,
                    absent > 0 ? config.integer(ours, 1, MOST, absent) : config.integer(ours, 1, MOST));
        });
        out.put(QWEN3 + ".attention.value_length", out.get(QWEN3 + ".attention.key_length"));
        out.put(QWEN3 + ".attention.layer_norm_rms_epsilon", (float) config.number("rms_norm_eps", 1e-12, 1, 1e-6));
        double theta = config.object("rope_parameters")
                .number("rope_theta", 1, 1e12, config.number("rope_theta", 1, 1e12, 10_000));
        out.put(QWEN3 + ".rope.freq_base", (float) theta);
        return out;
    }
}
