package dev.atelier.engine.generation;

import dev.atelier.engine.pipeline.ImageRequest;
import dev.atelier.engine.tensor.EngineException;
import dev.atelier.engine.text.QwenTokenizer;
import dev.atelier.engine.weights.JsonConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * {@code model_index.json}: which components a folder has and how its pipeline is used. Beside diffusers' own keys a folder may
 * name {@code text_encoder_out_layers}, {@code max_sequence_length}, {@code pad_to_multiple_of}, {@code reference_cache}, {@code glyph_reference}, {@code default_steps},
 * {@code default_guidance_scale}, {@code default_size}, {@code min_size}, {@code max_size} and {@code refinement_noise} ({@link NativeSizes}), and a second
 * network {@code sharpener} with its {@code sharpener_vae}, {@code sharpener_noise}, {@code sharpener_steps} and {@code sharpener_window}; what
 * it leaves out is FLUX.2 klein's.
 *
 * @param distilled made for few steps without classifier-free guidance
 * @param referenceCache trained with references that attend among themselves only
 * @param glyphReference taught to write the letters of a reference
 * @param autoencoderClass class of the {@code vae} component
 * @param padToMultipleOf prompts are padded to a multiple of this number of tokens, at most {@code maxSequenceLength}; 0: always to
 *     {@code maxSequenceLength}, as FLUX.2 was trained
 * @param sharpener how the second network {@link Sharpener} is used; null where the folder has none
 * @param sizes best size 0: 128 latent pixels, as diffusers has it; largest size 0: {@link #DIRECT} times the best one
 */
record ModelIndex(
        String name,
        boolean distilled,
        boolean referenceCache,
        boolean glyphReference,
        String autoencoderClass,
        List<Integer> textEncoderOutLayers,
        int maxSequenceLength,
        int padToMultipleOf,
        NativeSizes sizes,
        int defaultSteps,
        double defaultGuidanceScale,
        Sharpener.Settings sharpener) {
    private static final String KLEIN = "Flux2KleinPipeline";
    private static final String KLEIN_KV = "Flux2KleinKVPipeline";
    private static final int DISTILLED_STEPS = 4;
    private static final int BASE_STEPS = 50;
    private static final double BASE_GUIDANCE = 4.0;
    private static final int MAX_SIZE = 4096;
    private static final int DEFAULT_LATENT_SIDE = 128;
    static final String SHARPENER = "sharpener";
    private static final double SHARPENER_NOISE = 0.6;
    private static final int SHARPENER_STEPS = 4;
    private static final int SHARPENER_WINDOW = 8;

    /** Largest side that is drawn directly where a folder does not say, times the best one. */
    private static final double DIRECT = 1.5;

    /** Enough to turn the softness of an enlarged picture into detail, too little to move what it shows. */
    private static final double REFINEMENT_NOISE = 0.35;

    static ModelIndex read(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new EngineException(folder + ": no such folder");
        }
        JsonConfig json = JsonConfig.read(folder.resolve("model_index.json"));
        String pipeline = json.string("_class_name", "");
        if (!Set.of(KLEIN, KLEIN_KV).contains(pipeline)) {
            throw json.wrong("_class_name", KLEIN + " or " + KLEIN_KV);
        }
        requireComponent(json, "transformer", Set.of("Flux2Transformer2DModel"));
        requireComponent(json, "text_encoder", Set.of("Qwen3ForCausalLM"));
        requireComponent(json, "scheduler", Set.of("FlowMatchEulerDiscreteScheduler"));
        requireComponent(json, "tokenizer", Set.of("Qwen2TokenizerFast", "Qwen2Tokenizer", "TokenizersBackend"));
        String autoencoder = requireComponent(json, "vae", Set.of("AutoencoderKLFlux2", "PatchTransformAutoencoder"));
        boolean distilled = pipeline.equals(KLEIN_KV) || json.bool("is_distilled", false);
        Path last = folder.toAbsolutePath().normalize().getFileName();
        return new ModelIndex(
                json.string("_name_or_path", last == null ? folder.toString() : last.toString()),
                distilled,
                json.bool("reference_cache", pipeline.equals(KLEIN_KV)),
                json.bool("glyph_reference", false),
                autoencoder,
                json.integers("text_encoder_out_layers", 0, 1000, 64, List.of(9, 18, 27)),
                json.integer("max_sequence_length", 8, 1 << 15, 512),
                json.integer("pad_to_multiple_of", 0, 1 << 15, 0),
                new NativeSizes(
                        json.integer("default_size", 0, MAX_SIZE, 0),
                        json.integer("min_size", 0, MAX_SIZE, 0),
                        json.integer("max_size", 0, MAX_SIZE, 0),
                        json.number("refinement_noise", 0, 0.95, REFINEMENT_NOISE)),
                json.integer("default_steps", 1, ImageRequest.MAX_STEPS, distilled ? DISTILLED_STEPS : BASE_STEPS),
                json.number("default_guidance_scale", 0, 100, distilled ? 1.0 : BASE_GUIDANCE),
                sharpener(json));
    }

    /** Null where the folder has none. */
    private static Sharpener.Settings sharpener(JsonConfig json) {
        if (json.texts(SHARPENER, List.of()).isEmpty()) {
            return null;
        }
        requireComponent(json, SHARPENER, Set.of("Flux2Transformer2DModel"));
        requireComponent(json, SHARPENER + "_vae", Set.of("PatchTransformAutoencoder"));
        return new Sharpener.Settings(
                json.number("sharpener_noise", 0.05, 0.95, SHARPENER_NOISE),
                json.integer("sharpener_steps", 1, ImageRequest.MAX_STEPS, SHARPENER_STEPS),
                json.integer("sharpener_window", 1, 64, SHARPENER_WINDOW));
    }

    /** The sizes with what the folder leaves out. @param multiple pixels a side of a token */
    NativeSizes sizes(int multiple) {
        int best = sizes.best() > 0 ? sizes.best() : DEFAULT_LATENT_SIDE * multiple / 2;
        int max = sizes.max() > 0 ? sizes.max() : (int) (DIRECT * best);
        if (sizes.min() > best || max < best) {
            throw new EngineException("model_index.json: min_size " + sizes.min() + ", default_size " + best
                    + " and max_size " + max + " do not rise");
        }
        return new NativeSizes(best, sizes.min(), max, sizes.refinementNoise());
    }

    /** Tokens of a prompt's embeddings. @param padded the prompt with {@code maxSequenceLength} tokens */
    int textTokens(QwenTokenizer.Tokens padded) {
        return padToMultipleOf == 0
                ? maxSequenceLength
                : padded.trimmed(padToMultipleOf).ids().length;
    }

    /** The same with the hidden layers and the prompt length given. */
    ModelIndex withText(List<Integer> layers, int maxLength) {
        return new ModelIndex(
                name,
                distilled,
                referenceCache,
                glyphReference,
                autoencoderClass,
                layers,
                maxLength,
                padToMultipleOf,
                sizes,
                defaultSteps,
                defaultGuidanceScale,
                sharpener);
    }

    private static String requireComponent(JsonConfig json, String key, Set<String> classes) {
        List<String> entry = json.texts(key, List.of());
        if (entry.size() != 2) {
            throw json.wrong(key, "[library, class]");
        }
        if (!classes.contains(entry.get(1))) {
            throw new EngineException(
                    json + ": " + key + ": class '" + entry.get(1) + "' is not supported, expected one of " + classes);
        }
        return entry.get(1);
    }
}
