package dev.atelier.engine.weights;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Writes the tensors of a safetensors file as others would have written them, without the engine's own writers and names. */
public final class FormatFiles {
    private FormatFiles() {}

    /** A tensor's numbers, row-major. */
    public record Numbers(long[] shape, double[] values) {
        Numbers below(Numbers upper) {
            double[] joined = Arrays.copyOf(upper.values, upper.values.length + values.length);
            System.arraycopy(values, 0, joined, upper.values.length, values.length);
            return new Numbers(new long[] {upper.shape[0] + shape[0], shape[1]}, joined);
        }

        Numbers rows(int from, int to) {
            int columns = (int) shape[1];
            return new Numbers(
                    new long[] {to - from, columns}, Arrays.copyOfRange(values, from * columns, to * columns));
        }
    }

    /** The tensors of a file in F32 or BF16. */
    public static Map<String, Numbers> read(Path file) {
        Map<String, Numbers> out = new TreeMap<>();
        try (SafetensorsFile open = SafetensorsFile.open(file)) {
            open.stored().forEach((name, tensor) -> {
                float[] numbers = new float[(int) tensor.numbers()];
                long rows =
                        tensor.shape().length < 2 ? 1 : tensor.numbers() / tensor.shape()[tensor.shape().length - 1];
                tensor.decode(0, rows, MemorySegment.ofArray(numbers));
                double[] values = new double[numbers.length];
                Arrays.setAll(values, i -> numbers[i]);
                out.put(name, new Numbers(tensor.shape(), values));
            });
        }
        return out;
    }

    /** A FLUX.2 transformer as {@code black-forest-labs/flux2} names its parts. */
    public static Map<String, Numbers> blackForestLabs(Map<String, Numbers> diffusers, int doubles, int singles) {
        Map<String, Numbers> out = new LinkedHashMap<>();
        out.put("img_in.weight", diffusers.get("x_embedder.weight"));
        out.put("txt_in.weight", diffusers.get("context_embedder.weight"));
        for (String[] kind : new String[][] {{"time_in", "timestep"}, {"guidance_in", "guidance"}}) {
            String at = "time_guidance_embed." + kind[1] + "_embedder.";
            if (diffusers.containsKey(at + "linear_1.weight")) {
                out.put(kind[0] + ".in_layer.weight", diffusers.get(at + "linear_1.weight"));
                out.put(kind[0] + ".out_layer.weight", diffusers.get(at + "linear_2.weight"));
            }
        }
        for (String stream :
                new String[] {"double_stream_modulation_img", "double_stream_modulation_txt", "single_stream_modulation"
                }) {
            out.put(stream + ".lin.weight", diffusers.get(stream + ".linear.weight"));
        }
        for (int i = 0; i < doubles; i++) {
            stream(diffusers, out, i, "img", new String[] {"to_q", "to_k", "to_v", "to_out.0", "norm_q", "norm_k", "ff"
            });
            stream(diffusers, out, i, "txt", new String[] {
                "add_q_proj", "add_k_proj", "add_v_proj", "to_add_out", "norm_added_q", "norm_added_k", "ff_context"
            });
        }
        for (int i = 0; i < singles; i++) {
            String from = "single_transformer_blocks." + i + ".attn.";
            String to = "single_blocks." + i + ".";
            out.put(to + "linear1.weight", diffusers.get(from + "to_qkv_mlp_proj.weight"));
            out.put(to + "linear2.weight", diffusers.get(from + "to_out.weight"));
            out.put(to + "norm.query_norm.scale", diffusers.get(from + "norm_q.weight"));
            out.put(to + "norm.key_norm.scale", diffusers.get(from + "norm_k.weight"));
        }
        Numbers last = diffusers.get("norm_out.linear.weight");
        int half = (int) last.shape[0] / 2;
        out.put("final_layer.adaLN_modulation.1.weight", last.rows(0, half).below(last.rows(half, 2 * half)));
        out.put("final_layer.linear.weight", diffusers.get("proj_out.weight"));
        return out;
    }

    private static void stream(
            Map<String, Numbers> from, Map<String, Numbers> out, int block, String stream, String[] names) {
        String at = "transformer_blocks." + block + ".attn.";
        String to = "double_blocks." + block + "." + stream + "_";
        Numbers q = from.get(at + names[0] + ".weight");
        Numbers k = from.get(at + names[1] + ".weight");
        Numbers v = from.get(at + names[2] + ".weight");
        out.put(to + "attn.qkv.weight", v.below(k.below(q)));
        out.put(to + "attn.proj.weight", from.get(at + names[3] + ".weight"));
        out.put(to + "attn.norm.query_norm.scale", from.get(at + names[4] + ".weight"));
        out.put(to + "attn.norm.key_norm.scale", from.get(at + names[5] + ".weight"));
        String feedForward = "transformer_blocks." + block + "." + names[6];
        out.put(to + "mlp.0.weight", from.get(feedForward + ".linear_in.weight"));
        out.put(to + "mlp.2.weight", from.get(feedForward + ".linear_out.weight"));
    }

    /** A Qwen3 as llama.cpp names its parts. */
    public static Map<String, Numbers> llamaCpp(Map<String, Numbers> transformers) {
        Map<String, Numbers> out = new LinkedHashMap<>();
        transformers.forEach((name, numbers) -> out.put(
                name.replace("model.layers.", "blk.")
                        .replace("self_attn.q_proj", "attn_q")
                        .replace("self_attn.k_proj", "attn_k")
                        .replace("self_attn.v_proj", "attn_v")
                        .replace("self_attn.o_proj", "attn_output")
                        .replace("self_attn.q_norm", "attn_q_norm")
                        .replace("self_attn.k_norm", "attn_k_norm")
                        .replace("post_attention_layernorm", "ffn_norm")
                        .replace("input_layernorm", "attn_norm")
                        .replace("mlp.gate_proj", "ffn_gate")
                        .replace("mlp.up_proj", "ffn_up")
                        .replace("mlp.down_proj", "ffn_down")
                        .replace("model.embed_tokens", "token_embd")
                        .replace("model.norm", "output_norm")
                        .replace("lm_head", "output"),
                numbers));
        return out;
    }

    /** A GGUF whose matrices in repeated blocks, and those named, are of {@code format}; the rest is fp32. */
    public static void gguf(Path file, GgufBytes out, Map<String, Numbers> tensors, BlockFormat format, String also) {
        tensors.forEach((name, numbers) -> {
            boolean block = name.matches("(double_blocks|single_blocks|blk)\\..+") || name.matches(also);
            BlockFormat own = block && numbers.shape.length == 2 ? format : BlockFormat.F32;
            int type = switch (own) {
                case F32 -> 0;
                case F16 -> 1;
                case Q4_0 -> 2;
                case Q8_0 -> 8;
                case Q4_K -> 12;
                case Q5_K -> 13;
                case Q6_K -> 14;
                case BF16 -> 30;
                default -> throw new IllegalArgumentException(own.name());
            };
            out.tensor(name, type, SlowBlocks.encode(own, numbers.values), numbers.shape);
        });
        out.write(file);
    }

    /** Where the scales of fp8 weights stand. */
    public enum Scales {
        NONE,
        TENSOR,
        ROW
    }

    /** Safetensors whose matrices in repeated blocks are floats of 8 bits. @param prefix before every name */
    public static void float8(
            Path file, String prefix, Map<String, Numbers> tensors, BlockFormat format, Scales scales) {
        SafetensorsBytes out = new SafetensorsBytes();
        double most = format == BlockFormat.F8_E4M3 ? 448 : 57344;
        tensors.forEach((name, numbers) -> {
            if (!name.matches(".+\\.\\d+\\..+\\.weight") || numbers.shape.length != 2) {
                out.floats(prefix + name, numbers.values, numbers.shape);
                return;
            }
            int rows = scales == Scales.ROW ? (int) numbers.shape[0] : 1;
            int length = numbers.values.length / rows;
            double[] values = numbers.values.clone();
            double[] each = new double[rows];
            for (int row = 0; row < rows && scales != Scales.NONE; row++) {
                double largest = Arrays.stream(values, row * length, (row + 1) * length)
                        .map(Math::abs)
                        .max()
                        .orElseThrow();
                each[row] = (float) (largest / most);
                for (int i = row * length; i < (row + 1) * length; i++) {
                    values[i] /= each[row];
                }
            }
            out.tensor(prefix + name, format.name(), SlowBlocks.encode(format, values), numbers.shape);
            String stem = prefix + name.replaceFirst("\\.weight$", "");
            if (scales == Scales.TENSOR) {
                out.floats(stem + ".scale_weight", each).floats(stem + ".scale_input", new double[] {1});
            } else if (scales == Scales.ROW) {
                out.floats(stem + ".weight_scale", each, rows, 1);
            }
        });
        if (scales == Scales.TENSOR) {
            out.tensor(prefix + "scaled_fp8", format.name(), new byte[0], 0);
        }
        out.write(file);
    }

    /** Safetensors in fp32. @param prefix before every name */
    public static void float32(Path file, String prefix, Map<String, Numbers> tensors) {
        SafetensorsBytes out = new SafetensorsBytes();
        tensors.forEach((name, numbers) -> out.floats(prefix + name, numbers.values, numbers.shape));
        out.write(file);
    }
}
