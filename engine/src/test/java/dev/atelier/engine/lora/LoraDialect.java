package dev.atelier.engine.lora;

import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import dev.atelier.engine.weights.SafetensorsWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** How trainers name the tensors of the same adapter of FLUX.2. */
public enum LoraDialect {
    DIFFUSERS("transformer.", Names.DIFFUSERS, ".lora_A.weight", ".lora_B.weight"),
    BARE("", Names.DIFFUSERS, ".lora_A.weight", ".lora_B.weight"),
    PEFT("base_model.model.", Names.DIFFUSERS, ".lora_A.weight", ".lora_B.weight"),
    DIFFSYNTH("", Names.DIFFUSERS, ".lora_A.default.weight", ".lora_B.default.weight"),
    PEFT_OF_A_PIPELINE(
            "base_model.model.transformer.", Names.DIFFUSERS, ".lora_A.default.weight", ".lora_B.default.weight"),
    WITHOUT_WEIGHT("transformer.", Names.DIFFUSERS, ".lora_A", ".lora_B"),
    OLD_DIFFUSERS("transformer.", Names.DIFFUSERS, ".lora.down.weight", ".lora.up.weight"),
    DIFFUSERS_FUSED("transformer.", Names.FUSED, ".lora_A.weight", ".lora_B.weight"),
    ONETRAINER("transformer.", Names.ONETRAINER, ".lora_down.weight", ".lora_up.weight"),
    ONETRAINER_ORIGINAL("", Names.ORIGINAL, ".lora_A.weight", ".lora_B.weight"),
    ONETRAINER_FLAT("lora_transformer_", Names.DIFFUSERS, ".lora_down.weight", ".lora_up.weight"),
    COMFYUI_DIFFUSERS("diffusion_model.", Names.DIFFUSERS, ".lora_A.weight", ".lora_B.weight"),
    COMFYUI_AI_TOOLKIT("diffusion_model.", Names.ORIGINAL, ".lora_A.weight", ".lora_B.weight"),
    COMFYUI_DOWN_UP("diffusion_model.", Names.ORIGINAL, ".lora_down.weight", ".lora_up.weight"),
    FAL("base_model.model.", Names.ORIGINAL, ".lora_A.weight", ".lora_B.weight"),
    KOHYA_MUSUBI("lora_unet_", Names.ORIGINAL, ".lora_down.weight", ".lora_up.weight"),
    KOHYA_DIFFUSERS("lora_unet_", Names.DIFFUSERS, ".lora_down.weight", ".lora_up.weight"),
    SIMPLETUNER("lycoris_", Names.DIFFUSERS, ".lora_down.weight", ".lora_up.weight");

    private enum Names {
        DIFFUSERS,
        FUSED,
        ONETRAINER,
        ORIGINAL
    }

    private final String prefix;
    private final Names names;
    private final String down;
    private final String up;

    LoraDialect(String prefix, Names names, String down, String up) {
        this.prefix = prefix;
        this.names = names;
        this.down = down;
        this.up = up;
    }

    /** An adapter of a layer as Black Forest Labs' code has it: {@code alpha / r · B A}. */
    public record Factors(Tensor down, Tensor up, double alpha) {
        Tensor delta() {
            return up.matmul(down).mul(new Scalar(alpha / down.size(0)));
        }
    }

    /** Whether queries, keys and values are one layer in this dialect. */
    boolean fuses() {
        return names != Names.DIFFUSERS;
    }

    /** Writes adapters of layers under the names of Black Forest Labs. */
    public void write(Path file, Map<String, Factors> layers) {
        Scopes.run(() -> {
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            layers.forEach((layer, factors) -> names(layer).forEach((name, rows) -> {
                String key = prefix + (prefix.endsWith("_") ? name.replace('.', '_') : name);
                tensors.put(key + down, factors.down());
                tensors.put(key + up, rows(factors.up(), rows).contiguous());
                boolean scalar = tensors.size() % 2 == 0;
                tensors.put(
                        key + ".alpha",
                        Tensors.full(factors.alpha(), DType.F32, scalar ? new long[0] : new long[] {1}));
            }));
            SafetensorsWriter.write(file, tensors, Map.of("format", "pt"));
        });
    }

    /** Rows in thirds (0, 1, 2), halves swapped (3) or all (4). */
    static Tensor rows(Tensor up, int rows) {
        long third = up.size(0) / 3;
        long half = up.size(0) / 2;
        return switch (rows) {
            case 0, 1, 2 -> up.narrow(0, rows * third, third);
            case 3 -> Tensors.cat(0, up.narrow(0, half, half), up.narrow(0, 0, half));
            default -> up;
        };
    }

    private Map<String, Integer> names(String layer) {
        return switch (names) {
            case ORIGINAL -> Map.of(layer, 4);
            case DIFFUSERS -> diffusers(layer);
            case FUSED, ONETRAINER -> {
                String own = names == Names.FUSED ? "to_" : "";
                yield layer.endsWith("qkv")
                        ? Map.of(
                                "transformer_blocks." + layer.split("\\.")[1] + ".attn."
                                        + (layer.contains("img") ? own + "qkv" : own + "added_qkv"),
                                4)
                        : diffusers(layer);
            }
        };
    }

    /** The layers of diffusers' transformer that {@code layer} of Black Forest Labs' is, with the rows of each. */
    static Map<String, Integer> diffusers(String layer) {
        String[] parts = layer.split("\\.", 3);
        if (parts[0].equals("double_blocks")) {
            String block = "transformer_blocks." + parts[1] + ".";
            return switch (parts[2]) {
                case "img_attn.qkv" -> Map.of(block + "attn.to_q", 0, block + "attn.to_k", 1, block + "attn.to_v", 2);
                case "txt_attn.qkv" ->
                    Map.of(block + "attn.add_q_proj", 0, block + "attn.add_k_proj", 1, block + "attn.add_v_proj", 2);
                case "img_attn.proj" -> Map.of(block + "attn.to_out.0", 4);
                case "txt_attn.proj" -> Map.of(block + "attn.to_add_out", 4);
                case "img_mlp.0" -> Map.of(block + "ff.linear_in", 4);
                case "img_mlp.2" -> Map.of(block + "ff.linear_out", 4);
                case "txt_mlp.0" -> Map.of(block + "ff_context.linear_in", 4);
                case "txt_mlp.2" -> Map.of(block + "ff_context.linear_out", 4);
                default -> throw new IllegalArgumentException(layer);
            };
        }
        if (parts[0].equals("single_blocks")) {
            String block = "single_transformer_blocks." + parts[1] + ".attn.";
            return Map.of(block + (parts[2].equals("linear1") ? "to_qkv_mlp_proj" : "to_out"), 4);
        }
        return switch (layer) {
            case "img_in" -> Map.of("x_embedder", 4);
            case "txt_in" -> Map.of("context_embedder", 4);
            case "time_in.in_layer" -> Map.of("time_guidance_embed.timestep_embedder.linear_1", 4);
            case "time_in.out_layer" -> Map.of("time_guidance_embed.timestep_embedder.linear_2", 4);
            case "guidance_in.in_layer" -> Map.of("time_guidance_embed.guidance_embedder.linear_1", 4);
            case "guidance_in.out_layer" -> Map.of("time_guidance_embed.guidance_embedder.linear_2", 4);
            case "final_layer.linear" -> Map.of("proj_out", 4);
            case "final_layer.adaLN_modulation.1" -> Map.of("norm_out.linear", 3);
            default -> Map.of(layer + "ear", 4); // the modulations: "lin" and "linear"
        };
    }

    /** Names of all linear layers of a transformer in Black Forest Labs' form. */
    static List<String> layers(int doubleBlocks, int singleBlocks, boolean guidance) {
        List<String> out = new ArrayList<>(List.of(
                "img_in",
                "txt_in",
                "time_in.in_layer",
                "time_in.out_layer",
                "double_stream_modulation_img.lin",
                "double_stream_modulation_txt.lin",
                "single_stream_modulation.lin",
                "final_layer.linear",
                "final_layer.adaLN_modulation.1"));
        if (guidance) {
            out.addAll(List.of("guidance_in.in_layer", "guidance_in.out_layer"));
        }
        for (int i = 0; i < doubleBlocks; i++) {
            for (String stream : List.of("img", "txt")) {
                for (String part : List.of("_attn.qkv", "_attn.proj", "_mlp.0", "_mlp.2")) {
                    out.add("double_blocks." + i + "." + stream + part);
                }
            }
        }
        for (int i = 0; i < singleBlocks; i++) {
            out.add("single_blocks." + i + ".linear1");
            out.add("single_blocks." + i + ".linear2");
        }
        return out;
    }
}
