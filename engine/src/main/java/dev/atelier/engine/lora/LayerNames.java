package dev.atelier.engine.lora;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The names that trainers give to the layers of FLUX.2, and the layers of diffusers' transformer that they mean: diffusers' own, those
 * of Black Forest Labs with fused {@code qkv}, OneTrainer's and diffusers' fused ones, all with any of the usual prefixes, with dots or
 * (as kohya's and LyCORIS' files have them) with underscores. Source: diffusers {@code convert_flux2_to_diffusers.py}.
 */
final class LayerNames {
    private static final List<String> PREFIXES = List.of(
            "base_model.model.",
            "base_model.",
            "transformer.",
            "diffusion_model.",
            "model.",
            "unet.",
            "dit.",
            "pipe.",
            "module.",
            "lora_unet_",
            "lora_transformer_",
            "lycoris_",
            "transformer_",
            "diffusion_model_",
            "unet_");

    private static final Pattern BLOCK = Pattern.compile("(?<=blocks[._])\\d{1,6}(?=[._])");

    private static final Map<String, List<Target>> DOTTED = new HashMap<>();
    private static final Map<String, List<Target>> FLAT = new HashMap<>();

    /** A layer of the model and the rows of the trained layer's output that are its own. */
    record Target(String layer, Rows rows) {}

    static {
        named("x_embedder", "img_in");
        named("context_embedder", "txt_in");
        named("time_guidance_embed.timestep_embedder.linear_1", "time_in.in_layer");
        named("time_guidance_embed.timestep_embedder.linear_2", "time_in.out_layer");
        named("time_guidance_embed.guidance_embedder.linear_1", "guidance_in.in_layer");
        named("time_guidance_embed.guidance_embedder.linear_2", "guidance_in.out_layer");
        named("double_stream_modulation_img.linear", "double_stream_modulation_img.lin");
        named("double_stream_modulation_txt.linear", "double_stream_modulation_txt.lin");
        named("single_stream_modulation.linear", "single_stream_modulation.lin");
        named("proj_out", "final_layer.linear");
        // Black Forest Labs' last layer has the shift first, diffusers' the scale.
        named("norm_out.linear");
        put("final_layer.adaLN_modulation.1", List.of(new Target("norm_out.linear", Rows.HALVES_SWAPPED)));

        String block = "transformer_blocks.N.";
        for (String part : List.of("to_q", "to_k", "to_v", "add_q_proj", "add_k_proj", "add_v_proj")) {
            named(block + "attn." + part);
        }
        fused(block + "attn.", List.of("to_q", "to_k", "to_v"), "double_blocks.N.img_attn.qkv", "to_qkv", "qkv");
        fused(
                block + "attn.",
                List.of("add_q_proj", "add_k_proj", "add_v_proj"),
                "double_blocks.N.txt_attn.qkv",
                "to_added_qkv",
                "added_qkv");
        named(block + "attn.to_out.0", "double_blocks.N.img_attn.proj", block + "attn.to_out");
        named(block + "attn.to_add_out", "double_blocks.N.txt_attn.proj");
        named(block + "ff.linear_in", "double_blocks.N.img_mlp.0");
        named(block + "ff.linear_out", "double_blocks.N.img_mlp.2");
        named(block + "ff_context.linear_in", "double_blocks.N.txt_mlp.0");
        named(block + "ff_context.linear_out", "double_blocks.N.txt_mlp.2");
        named("single_" + block + "attn.to_qkv_mlp_proj", "single_blocks.N.linear1");
        named("single_" + block + "attn.to_out", "single_blocks.N.linear2");
    }

    private LayerNames() {}

    /** The layers that {@code module}, a name of any of these kinds, stands for; empty when FLUX.2 has no such module. */
    static List<Target> targets(String module) {
        String rest = module;
        while (true) {
            List<Target> found = lookUp(rest);
            String unprefixed = withoutPrefix(rest);
            if (!found.isEmpty() || unprefixed.equals(rest)) {
                return found;
            }
            rest = unprefixed;
        }
    }

    private static List<Target> lookUp(String name) {
        Matcher block = BLOCK.matcher(name);
        Map<String, List<Target>> table = name.indexOf('.') >= 0 ? DOTTED : FLAT;
        if (!block.find()) {
            return table.getOrDefault(name, List.of());
        }
        String number = Integer.toString(Integer.parseInt(block.group()));
        return table.getOrDefault(block.replaceFirst("N"), List.of()).stream()
                .map(target -> new Target(target.layer().replace(".N.", "." + number + "."), target.rows()))
                .toList();
    }

    private static String withoutPrefix(String name) {
        return PREFIXES.stream()
                .filter(name::startsWith)
                .findFirst()
                .map(prefix -> name.substring(prefix.length()))
                .orElse(name);
    }

    private static void named(String layer, String... others) {
        Stream.concat(Stream.of(layer), Arrays.stream(others))
                .forEach(name -> put(name, List.of(new Target(layer, Rows.ALL))));
    }

    private static void fused(String block, List<String> layers, String original, String... others) {
        List<Target> thirds = List.of(
                new Target(block + layers.get(0), Rows.FIRST_THIRD),
                new Target(block + layers.get(1), Rows.SECOND_THIRD),
                new Target(block + layers.get(2), Rows.LAST_THIRD));
        put(original, thirds);
        Arrays.stream(others).forEach(name -> put(block + name, thirds));
    }

    private static void put(String name, List<Target> targets) {
        (name.indexOf('.') >= 0 ? DOTTED : FLAT).put(name, targets);
        FLAT.put(name.replace('.', '_'), targets);
        if (name.startsWith("transformer_blocks.")) {
            // Some exports have cut "tran" off with a prefix.
            DOTTED.put(name.substring("tran".length()), targets);
        }
    }
}
