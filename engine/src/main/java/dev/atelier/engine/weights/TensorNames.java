package dev.atelier.engine.weights;

import dev.atelier.engine.tensor.EngineException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of a FLUX.2 transformer as Black Forest Labs gives them, and of a Qwen3 as llama.cpp does, and ours, which are those of diffusers
 * and transformers. Black Forest Labs keep queries, keys and values of a double block in one matrix, and the shift of the last
 * layer's modulation above its scale; diffusers keeps them apart and the scale above. Source: {@code convert_flux2_to_diffusers.py} of
 * huggingface/diffusers, {@code constants.py} of llama.cpp's gguf-py.
 */
final class TensorNames {
    private static final List<String> PREFIXES = List.of("model.diffusion_model.", "diffusion_model.");
    private static final Pattern FLUX1 = Pattern.compile(
            "vector_in\\..+|double_blocks\\.\\d+\\.(img|txt)_mod\\.lin\\..+|single_blocks\\.\\d+\\.modulation\\.lin\\..+");
    private static final Pattern DOUBLE = Pattern.compile("double_blocks\\.(\\d{1,4})\\.(.+)\\.(weight|scale)");
    private static final Pattern SINGLE = Pattern.compile("single_blocks\\.(\\d{1,4})\\.(.+)\\.(weight|scale)");
    private static final Pattern LAYER = Pattern.compile("blk\\.(\\d{1,4})\\.(.+)\\.weight");
    private static final String LAST_MODULATION = "final_layer.adaLN_modulation.1.weight";
    private static final String NORM_OUT = "norm_out.linear.weight";

    private static final Map<String, String> OUTSIDE_BLOCKS = Map.ofEntries(
            Map.entry("img_in", "x_embedder"),
            Map.entry("txt_in", "context_embedder"),
            Map.entry("time_in.in_layer", "time_guidance_embed.timestep_embedder.linear_1"),
            Map.entry("time_in.out_layer", "time_guidance_embed.timestep_embedder.linear_2"),
            Map.entry("guidance_in.in_layer", "time_guidance_embed.guidance_embedder.linear_1"),
            Map.entry("guidance_in.out_layer", "time_guidance_embed.guidance_embedder.linear_2"),
            Map.entry("double_stream_modulation_img.lin", "double_stream_modulation_img.linear"),
            Map.entry("double_stream_modulation_txt.lin", "double_stream_modulation_txt.linear"),
            Map.entry("single_stream_modulation.lin", "single_stream_modulation.linear"),
            Map.entry("final_layer.linear", "proj_out"));

    private static final Map<String, String> IN_DOUBLE_BLOCK = Map.ofEntries(
            Map.entry("img_attn.norm.query_norm", "attn.norm_q"),
            Map.entry("img_attn.norm.key_norm", "attn.norm_k"),
            Map.entry("img_attn.proj", "attn.to_out.0"),
            Map.entry("img_mlp.0", "ff.linear_in"),
            Map.entry("img_mlp.2", "ff.linear_out"),
            Map.entry("txt_attn.norm.query_norm", "attn.norm_added_q"),
            Map.entry("txt_attn.norm.key_norm", "attn.norm_added_k"),
            Map.entry("txt_attn.proj", "attn.to_add_out"),
            Map.entry("txt_mlp.0", "ff_context.linear_in"),
            Map.entry("txt_mlp.2", "ff_context.linear_out"));

    /** One matrix there, three here. */
    private static final Map<String, List<String>> FUSED = Map.of(
            "img_attn.qkv", List.of("attn.to_q", "attn.to_k", "attn.to_v"),
            "txt_attn.qkv", List.of("attn.add_q_proj", "attn.add_k_proj", "attn.add_v_proj"));

    private static final Map<String, String> IN_SINGLE_BLOCK = Map.of(
            "linear1", "attn.to_qkv_mlp_proj",
            "linear2", "attn.to_out",
            "norm.query_norm", "attn.norm_q",
            "norm.key_norm", "attn.norm_k");

    private static final Map<String, String> IN_LAYER = Map.ofEntries(
            Map.entry("attn_norm", "input_layernorm"),
            Map.entry("attn_q", "self_attn.q_proj"),
            Map.entry("attn_k", "self_attn.k_proj"),
            Map.entry("attn_v", "self_attn.v_proj"),
            Map.entry("attn_q_norm", "self_attn.q_norm"),
            Map.entry("attn_k_norm", "self_attn.k_norm"),
            Map.entry("attn_output", "self_attn.o_proj"),
            Map.entry("ffn_norm", "post_attention_layernorm"),
            Map.entry("ffn_gate", "mlp.gate_proj"),
            Map.entry("ffn_up", "mlp.up_proj"),
            Map.entry("ffn_down", "mlp.down_proj"));

    private static final Map<String, String> OUTSIDE_LAYERS = Map.of(
            "token_embd.weight", "model.embed_tokens.weight",
            "output_norm.weight", "model.norm.weight",
            "output.weight", "lm_head.weight");

    private TensorNames() {}

    /**
     * The tensors under our names; those of unknown names keep them.
     *
     * @param notes hears of what is left aside
     * @throws EngineException when they are those of another model
     */
    static Map<String, StoredTensor> ours(Path file, Map<String, StoredTensor> stored, Consumer<String> notes) {
        Map<String, StoredTensor> plain = withoutPrefix(file, stored, notes);
        if (plain.keySet().stream().anyMatch(name -> FLUX1.matcher(name).matches())) {
            throw new EngineException(file + ": holds the tensors of FLUX.1; those of FLUX.2 are read");
        }
        Map<String, StoredTensor> out = new LinkedHashMap<>();
        plain.forEach((name, tensor) -> ours(name, tensor).forEach((renamed, part) -> {
            if (out.put(renamed, part) != null) {
                throw new EngineException(file + ": " + name + ": there is another tensor that is " + renamed);
            }
        }));
        return out;
    }

    /** A checkpoint of a whole pipeline names its transformer with a prefix. */
    private static Map<String, StoredTensor> withoutPrefix(
            Path file, Map<String, StoredTensor> stored, Consumer<String> notes) {
        for (String prefix : PREFIXES) {
            Map<String, StoredTensor> inside = new LinkedHashMap<>();
            stored.forEach((name, tensor) -> {
                if (name.startsWith(prefix)) {
                    inside.put(name.substring(prefix.length()), tensor);
                }
            });
            if (!inside.isEmpty()) {
                int others = stored.size() - inside.size();
                if (others > 0) {
                    notes.accept(file + ": " + others + " tensors beside " + prefix
                            + "… are not read: the other parts come from the model folder");
                }
                return inside;
            }
        }
        return stored;
    }

    private static Map<String, StoredTensor> ours(String name, StoredTensor tensor) {
        Matcher block = DOUBLE.matcher(name);
        if (block.matches()) {
            String at = "transformer_blocks." + block.group(1) + ".";
            List<String> split = FUSED.get(block.group(2));
            return split != null
                    ? split(at, split, tensor)
                    : renamed(name, at, IN_DOUBLE_BLOCK.get(block.group(2)), tensor);
        }
        block = SINGLE.matcher(name);
        if (block.matches()) {
            return renamed(
                    name,
                    "single_transformer_blocks." + block.group(1) + ".",
                    IN_SINGLE_BLOCK.get(block.group(2)),
                    tensor);
        }
        block = LAYER.matcher(name);
        if (block.matches()) {
            return renamed(name, "model.layers." + block.group(1) + ".", IN_LAYER.get(block.group(2)), tensor);
        }
        if (name.equals(LAST_MODULATION)) {
            return Map.of(NORM_OUT, halvesSwapped(tensor));
        }
        if (name.endsWith(".weight") && OUTSIDE_BLOCKS.containsKey(stem(name))) {
            return Map.of(OUTSIDE_BLOCKS.get(stem(name)) + ".weight", tensor);
        }
        return Map.of(OUTSIDE_LAYERS.getOrDefault(name, name), tensor);
    }

    private static String stem(String name) {
        return name.substring(0, name.length() - ".weight".length());
    }

    private static Map<String, StoredTensor> renamed(String name, String at, String inside, StoredTensor tensor) {
        return Map.of(inside == null ? name : at + inside + ".weight", tensor);
    }

    private static Map<String, StoredTensor> split(String at, List<String> names, StoredTensor tensor) {
        long[] shape = tensor.shape();
        if (shape.length != 2 || shape[0] % names.size() != 0) {
            throw new EngineException(tensor.path() + ": " + tensor.name() + ": shape " + Arrays.toString(shape)
                    + "; expected " + names.size() + " matrices below each other");
        }
        Map<String, StoredTensor> out = new LinkedHashMap<>();
        long rows = shape[0] / names.size();
        for (int i = 0; i < names.size(); i++) {
            out.put(at + names.get(i) + ".weight", tensor.narrow(i * rows, rows));
        }
        return out;
    }

    private static StoredTensor halvesSwapped(StoredTensor tensor) {
        long[] shape = tensor.shape();
        if (shape.length != 2 || shape[0] % 2 != 0) {
            throw new EngineException(tensor.path() + ": " + tensor.name() + ": shape " + Arrays.toString(shape)
                    + "; expected two matrices below each other");
        }
        long half = shape[0] / 2;
        return StoredTensor.join(List.of(tensor.narrow(half, half), tensor.narrow(0, half)));
    }

    /** A transformer's tensors under the names of Black Forest Labs. @throws EngineException for one that they have no name for */
    static Map<String, StoredTensor> blackForestLabs(Map<String, StoredTensor> ours) {
        Map<String, StoredTensor> out = new LinkedHashMap<>();
        ours.forEach((name, tensor) -> {
            String theirs = theirs(name, "transformer_blocks.", "double_blocks.", IN_DOUBLE_BLOCK);
            theirs = theirs != null
                    ? theirs
                    : theirs(name, "single_transformer_blocks.", "single_blocks.", IN_SINGLE_BLOCK);
            if (theirs != null) {
                // Theirs are the only norms that are not called weight.
                boolean norm = theirs.endsWith("_norm.weight");
                out.put(norm ? stem(theirs) + ".scale" : theirs, tensor);
            } else if (name.equals(NORM_OUT)) {
                out.put(LAST_MODULATION, halvesSwapped(tensor));
            } else if (!fuse(name, ours, out)) {
                out.put(key(OUTSIDE_BLOCKS, name.replaceFirst("\\.weight$", ""), tensor) + ".weight", tensor);
            }
        });
        return out;
    }

    private static String theirs(String name, String at, String theirAt, Map<String, String> inside) {
        Matcher block =
                Pattern.compile(Pattern.quote(at) + "(\\d+)\\.(.+)\\.weight").matcher(name);
        if (!block.matches()) {
            return null;
        }
        return inside.entrySet().stream()
                .filter(entry -> entry.getValue().equals(block.group(2)))
                .map(entry -> theirAt + block.group(1) + "." + entry.getKey() + ".weight")
                .findFirst()
                .orElse(null);
    }

    /** Whether {@code name} is one of three that are one there; they are put at the first of them. */
    private static boolean fuse(String name, Map<String, StoredTensor> ours, Map<String, StoredTensor> out) {
        Matcher block =
                Pattern.compile("(transformer_blocks\\.(\\d+)\\.)(.+)\\.weight").matcher(name);
        if (!block.matches()) {
            return false;
        }
        for (Map.Entry<String, List<String>> fused : FUSED.entrySet()) {
            if (fused.getValue().contains(block.group(3))) {
                List<StoredTensor> parts = fused.getValue().stream()
                        .map(part -> required(ours, block.group(1) + part + ".weight"))
                        .toList();
                out.putIfAbsent(
                        "double_blocks." + block.group(2) + "." + fused.getKey() + ".weight", StoredTensor.join(parts));
                return true;
            }
        }
        return false;
    }

    private static StoredTensor required(Map<String, StoredTensor> tensors, String name) {
        StoredTensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new EngineException(name + ": missing");
        }
        return tensor;
    }

    /** A text encoder's tensors under the names of llama.cpp. @throws EngineException for one that it has no name for */
    static Map<String, StoredTensor> llamaCpp(Map<String, StoredTensor> ours) {
        Map<String, StoredTensor> out = new LinkedHashMap<>();
        ours.forEach((name, tensor) -> {
            String theirs = theirs(name, "model.layers.", "blk.", IN_LAYER);
            out.put(theirs != null ? theirs : key(OUTSIDE_LAYERS, name, tensor), tensor);
        });
        return out;
    }

    private static String key(Map<String, String> names, String value, StoredTensor tensor) {
        return names.entrySet().stream()
                .filter(entry -> entry.getValue().equals(value))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new EngineException(tensor.path() + ": " + tensor.name()
                        + ": no tensor of a FLUX.2 transformer or a Qwen3 text encoder"));
    }
}
