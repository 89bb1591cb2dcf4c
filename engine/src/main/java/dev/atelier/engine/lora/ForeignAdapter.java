package dev.atelier.engine.lora;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tells by the name of a tensor, or by what a trainer wrote about the model, what an adapter is that is no LoRA of FLUX.2. */
final class ForeignAdapter {
    private static final Map<Pattern, String> KINDS = new LinkedHashMap<>();
    private static final Map<Pattern, String> MODELS = new LinkedHashMap<>();
    private static final Map<Pattern, String> DECLARED = new LinkedHashMap<>();

    static {
        KINDS.put(
                Pattern.compile(
                        "lora_te\\w*_.*|lora_clip_.*|lora_prior_te_.*|text_encoders?(_\\d)?\\..*|te\\d?_.*"
                                + "|(clip_[lgh]|t5(xxl)?|conditioner|text_model|qwen\\w*|mistral\\w*|llm)\\..*"
                                + "|(base_model\\.model\\.)?(model\\.)*(language_model\\.)?layers\\.\\d+\\.(self_attn|mlp)\\..*"),
                "an adapter of the text encoder; adapters of the transformer are read");
        KINDS.put(
                Pattern.compile(".*(dora_scale|lora_magnitude_vector).*"),
                "a DoRA adapter (weight-decomposed); plain LoRA is read");
        KINDS.put(Pattern.compile(".*\\.lokr_.+"), "a LoKr adapter (Kronecker products); plain LoRA is read");
        KINDS.put(Pattern.compile(".*\\.hada_.+"), "a LoHa adapter (Hadamard products); plain LoRA is read");
        KINDS.put(
                Pattern.compile(".*\\.b?oft_.+|.*\\.(vera|randlora|c3a|fourierft|hra|ln_tuning|road)_.+"),
                "an OFT, BOFT or other adapter that is no sum of products; plain LoRA is read");
        KINDS.put(Pattern.compile(".*\\.[ab][12]\\.weight"), "a GLoRA adapter; plain LoRA is read");
        KINDS.put(Pattern.compile(".*(ia3_l|\\.on_input).*"), "an IA3 adapter; plain LoRA is read");
        KINDS.put(
                Pattern.compile(".*\\.(diff|diff_b|w_norm|b_norm|set_weight|reshape_weight)"),
                "a full difference of weights; plain LoRA is read");
        KINDS.put(
                Pattern.compile(".*\\.(lora_mid|lora_down\\.\\d+|lora_up\\.\\d+)\\.weight"),
                "a LoRA in more than two factors; two factors a layer are read");
        KINDS.put(Pattern.compile(".*\\.lora_[AB](\\.\\w+)?\\.bias|.*\\.lora_(up|down)\\.bias"), "a LoRA with bias");
        KINDS.put(Pattern.compile(".*lora_embedding_.*|bundle_emb\\..*"), "an adapter or text of an embedding");
        KINDS.put(
                Pattern.compile(
                        ".*(weight_scale|scale_weight|scale_input|input_scale|scaled_fp8|\\.absmax|quant_map).*"),
                "a quantised weight; factors in F32, F16 or BF16 are read");
        KINDS.put(
                Pattern.compile("(?!.*lora[._]).*\\.(weight|bias|scale)"),
                "a weight itself: the file is a model or a part of one, not an adapter");

        MODELS.put(
                Pattern.compile(".*(down_blocks|up_blocks|mid_block|input_blocks|output_blocks|middle_block)[._].*"),
                "Stable Diffusion 1, 2 or XL");
        MODELS.put(
                Pattern.compile(".*(single_transformer_blocks[._]\\d+[._](proj_|norm|attn[._]to_[qkv]$)"
                        + "|single_blocks[._]\\d+[._]modulation|double_blocks[._]\\d+[._](img|txt)_mod[._]lin"
                        + "|vector_in|time_text_embed).*"),
                "FLUX.1");
        MODELS.put(Pattern.compile(".*(img|txt)_(mod[._]1|mlp[._]net)[._]?.*"), "Qwen-Image");
        MODELS.put(
                Pattern.compile(".*transformer_blocks[._]\\d+[._](norm1|ff(_context)?[._]net).*"),
                "FLUX.1 or Stable Diffusion 3");
        MODELS.put(Pattern.compile(".*(joint_blocks|context_block)[._].*"), "Stable Diffusion 3");
        MODELS.put(Pattern.compile(".*double_blocks.*(img|txt)_(attn_|mlp[._]fc).*"), "HunyuanVideo");
        MODELS.put(Pattern.compile("(.*[._])?layers[._]\\d+[._](attention|feed_forward|adaLN).*"), "Z-Image or Lumina");
        MODELS.put(Pattern.compile("(.*[._])?blocks[._]\\d+[._](self_attn|cross_attn|ffn).*"), "Wan");

        DECLARED.put(Pattern.compile("flux[-_.]?2.*"), "");
        DECLARED.put(Pattern.compile("flux.*"), "FLUX.1");
        DECLARED.put(Pattern.compile("(stable-diffusion-xl|sdxl).*"), "Stable Diffusion XL");
        DECLARED.put(Pattern.compile("(stable-diffusion|sd_?[-_]?[123]).*"), "Stable Diffusion");
        DECLARED.put(
                Pattern.compile("(qwen|wan|hunyuan|z-?image|chroma|lumina|hidream|auraflow|ltx).*"), "another model");
    }

    private ForeignAdapter() {}

    /** What kind of adapter has a tensor of this name. */
    static Optional<String> kind(String key) {
        return first(KINDS, key);
    }

    /** The model that has a layer of this name. */
    static Optional<String> model(String module) {
        return first(MODELS, module);
    }

    /** The model that {@code architecture}, as trainers note it in the metadata, names; empty for FLUX.2 and what is not known. */
    static Optional<String> declaredModel(String architecture) {
        return first(DECLARED, architecture.toLowerCase(Locale.ROOT)).filter(model -> !model.isEmpty());
    }

    private static Optional<String> first(Map<Pattern, String> table, String text) {
        return table.entrySet().stream()
                .filter(e -> e.getKey().matcher(text).matches())
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
