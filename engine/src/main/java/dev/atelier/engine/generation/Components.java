package dev.atelier.engine.generation;

import dev.atelier.engine.dit.Flux2Transformer;
import dev.atelier.engine.dit.TransformerConfig;
import dev.atelier.engine.lora.LoraAdapters;
import dev.atelier.engine.nn.AdaptedLayers;
import dev.atelier.engine.nn.Int8Weights;
import dev.atelier.engine.nn.Layers;
import dev.atelier.engine.nn.LinearAdapter;
import dev.atelier.engine.nn.LinearFactory;
import dev.atelier.engine.nn.LoadedLayers;
import dev.atelier.engine.nn.Precision;
import dev.atelier.engine.nn.WideningBuffer;
import dev.atelier.engine.pipeline.EngineOptions;
import dev.atelier.engine.sampling.SchedulerConfig;
import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.EngineException;
import dev.atelier.engine.text.Qwen3Config;
import dev.atelier.engine.text.Qwen3Model;
import dev.atelier.engine.text.QwenTokenizer;
import dev.atelier.engine.vae.Autoencoder;
import dev.atelier.engine.vae.AutoencoderConfig;
import dev.atelier.engine.vae.AutoencoderKLFlux2;
import dev.atelier.engine.vae.PatchTransformAutoencoder;
import dev.atelier.engine.vae.PatchTransformConfig;
import dev.atelier.engine.weights.JsonConfig;
import dev.atelier.engine.weights.Weights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parts of a model folder, loaded. Made, used and closed on the device's thread. */
final class Components implements AutoCloseable {
    private static final Pattern TEXT_LAYER = Pattern.compile("model\\.layers\\.(\\d{1,6})\\..+");

    final ModelIndex index;
    final SchedulerConfig scheduler;
    final QwenTokenizer tokenizer;
    final Qwen3Model textEncoder;
    final Flux2Transformer transformer;
    final Autoencoder vae;
    final Sharpener sharpener; // null where the folder has none
    private final WideningBuffer buffer = new WideningBuffer();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final Weights textWeights;
    private final Weights transformerWeights;
    private final Weights vaeWeights;
    private Int8Weights textInt8 = Int8Weights.NONE;
    private Int8Weights transformerInt8 = Int8Weights.NONE;
    private long parameters;

    /**
     * @param adapter goes around the transformer's linear layers, outside of those that {@code options} name
     * @throws EngineException naming the file and what is wrong; nothing stays open then
     */
    Components(Path folder, ModelIndex index, EngineOptions options, LinearAdapter adapter) {
        this.index = index;
        try {
            options.device().requireAvailable();
            scheduler = SchedulerConfig.parse(JsonConfig.read(folder.resolve("scheduler/scheduler_config.json")));
            tokenizer = QwenTokenizer.open(folder.resolve("tokenizer"));
            open.add(tokenizer);
            textWeights = open(folder, "text_encoder", "model", options);
            textEncoder = textEncoder(folder, options);
            textWeights.requireAllUsed();
            transformerWeights = open(folder, "transformer", "diffusion_pytorch_model", options);
            transformer = transformer(folder, options, adapter);
            transformerWeights.requireAllUsed();
            vaeWeights = open(folder, "vae", "diffusion_pytorch_model", options);
            vae = autoencoder(folder, vaeWeights);
            vaeWeights.requireAllUsed();
            requireFits(folder);
            sharpener = index.sharpener() == null ? null : sharpener(folder, options);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private Weights open(Path folder, String component, String stem, EngineOptions options) {
        Weights weights = Weights.open(folder.resolve(component), stem, options.device());
        open.add(weights);
        parameters += weights.parameters();
        return weights;
    }

    private Qwen3Model textEncoder(Path folder, EngineOptions options) {
        Qwen3Config config = Qwen3Config.read(folder.resolve("text_encoder"));
        int last = Collections.max(index.textEncoderOutLayers());
        if (last > config.numHiddenLayers()) {
            throw new EngineException(folder.resolve("model_index.json") + ": text_encoder_out_layers: layer " + last
                    + " is asked for, the text encoder has " + config.numHiddenLayers());
        }
        textInt8 = int8(textWeights, options, name -> layerOf(name) < last);
        LinearFactory linears = linears(textInt8, options);
        return new Qwen3Model(config, new LoadedLayers(textWeights, linears), last, options.device());
    }

    private Flux2Transformer transformer(Path folder, EngineOptions options, LinearAdapter adapter) {
        TransformerConfig config = TransformerConfig.read(folder.resolve("transformer"));
        transformerInt8 = int8(transformerWeights, options, _ -> true);
        LinearFactory linears = linears(transformerInt8, options);
        LoraAdapters adapters = new LoraAdapters(options.device());
        open.add(adapters);
        options.loras().forEach(lora -> adapters.add(lora.file(), lora.scale()));
        Layers layers = new AdaptedLayers(
                new LoadedLayers(transformerWeights, linears),
                options.loras().isEmpty() ? LinearAdapter.NONE : adapters);
        Flux2Transformer made = new Flux2Transformer(config, new AdaptedLayers(layers, adapter));
        adapters.requireAllUsed();
        return made;
    }

    private Sharpener sharpener(Path folder, EngineOptions options) {
        TransformerConfig config =
                TransformerConfig.parse(JsonConfig.read(folder.resolve(ModelIndex.SHARPENER + "/config.json")));
        Weights weights = open(folder, ModelIndex.SHARPENER, "diffusion_pytorch_model", options);
        Flux2Transformer network = new Flux2Transformer(config, new LoadedLayers(weights, LinearFactory.full(buffer)));
        weights.requireAllUsed();
        Path transformFolder = folder.resolve(ModelIndex.SHARPENER + "_vae");
        Weights transformWeights = open(folder, ModelIndex.SHARPENER + "_vae", "diffusion_pytorch_model", options);
        PatchTransformAutoencoder transform = new PatchTransformAutoencoder(
                PatchTransformConfig.parse(JsonConfig.read(transformFolder.resolve("config.json"))),
                new LoadedLayers(transformWeights, LinearFactory.full(buffer)),
                options.device());
        transformWeights.requireAllUsed();
        open.add(transform);
        int channels = transform.tokenChannels();
        if (config.inChannels() != 2 * channels
                || config.outChannels() != channels
                || config.guidanceEmbeds()
                || config.jointAttentionDim() != transformer.config().jointAttentionDim()) {
            throw new EngineException(folder + ": sharpener: in_channels " + config.inChannels() + ", out_channels "
                    + config.outChannels() + ", joint_attention_dim " + config.jointAttentionDim()
                    + (config.guidanceEmbeds() ? ", guidance_embeds" : "") + "; expected " + 2 * channels + " and "
                    + channels + " for a sharpener_vae of " + channels + " channels, "
                    + transformer.config().jointAttentionDim() + " as the transformer has it, and no guidance_embeds");
        }
        return new Sharpener(network, transform, index.sharpener(), options.device());
    }

    private Int8Weights int8(Weights weights, EngineOptions options, Predicate<String> needed) {
        if (options.precision() != Precision.INT8 || options.device().isCuda()) {
            return Int8Weights.NONE;
        }
        Int8Weights prepared = Int8Weights.open(weights, options.cacheDir().resolve("int8"), needed);
        open.add(prepared);
        return prepared;
    }

    private LinearFactory linears(Int8Weights prepared, EngineOptions options) {
        return options.precision() == Precision.INT8 && !options.device().isCuda()
                ? LinearFactory.int8(buffer, prepared)
                : new LinearFactory(options.precision(), buffer);
    }

    /** The decoder layer that a text encoder's tensor belongs to; -1 for the others. */
    private static int layerOf(String name) {
        Matcher layer = TEXT_LAYER.matcher(name);
        return layer.matches() ? Integer.parseInt(layer.group(1)) : -1;
    }

    private Autoencoder autoencoder(Path folder, Weights weights) {
        JsonConfig json = JsonConfig.read(folder.resolve("vae/config.json"));
        // The autoencoder is small and its attention layers are few: always in full precision.
        LoadedLayers layers = new LoadedLayers(weights, LinearFactory.full(buffer));
        if (index.autoencoderClass().equals(PatchTransformConfig.CLASS_NAME)) {
            PatchTransformAutoencoder transform =
                    new PatchTransformAutoencoder(PatchTransformConfig.parse(json), layers, weights.device());
            open.add(transform);
            return transform;
        }
        return new AutoencoderKLFlux2(AutoencoderConfig.parse(json), layers);
    }

    /** What each part's own configuration cannot see. */
    private void requireFits(Path folder) {
        int width =
                textEncoder.config().hiddenSize() * index.textEncoderOutLayers().size();
        if (width != transformer.config().jointAttentionDim()) {
            throw new EngineException(
                    folder + ": " + index.textEncoderOutLayers().size() + " text encoder layers of width "
                            + textEncoder.config().hiddenSize() + " make " + width
                            + ", the transformer's joint_attention_dim is "
                            + transformer.config().jointAttentionDim());
        }
        if (vae.tokenChannels() != transformer.config().inChannels()
                || vae.tokenChannels() != transformer.config().outChannels()) {
            throw new EngineException(folder + ": the autoencoder's tokens have " + vae.tokenChannels()
                    + " channels, the transformer's in_channels is "
                    + transformer.config().inChannels() + ", out_channels "
                    + transformer.config().outChannels());
        }
    }

    /** Whether each step takes a second pass with the negative prompt (classifier-free guidance). */
    boolean guided(double guidanceScale) {
        return guidanceScale > 1 && !index.distilled() && !transformer.config().guidanceEmbeds();
    }

    /** The type that the models compute in. */
    DType computeType() {
        return textWeights.device().computeType();
    }

    /** The type that the text encoder is stored in. */
    DType textType() {
        return textWeights.type("model.embed_tokens.weight");
    }

    long parameters() {
        return parameters;
    }

    /** Another text when the weights of text encoder or autoencoder change. */
    String encodersFingerprint() {
        return textWeights.fingerprint() + vaeWeights.fingerprint();
    }

    /**
     * Text encoder and transformer never work at the same time: whoever begins drops the other's file pages from resident memory.
     * They stay in the system's page cache, so taking them back costs little.
     */
    void releaseTextPages() {
        textWeights.releasePages();
        textInt8.releasePages();
    }

    /** As {@link #releaseTextPages}, of the transformer. */
    void releaseTransformerPages() {
        transformerWeights.releasePages();
        transformerInt8.releasePages();
    }

    @Override
    public void close() {
        buffer.close();
        for (AutoCloseable part : open.reversed()) {
            try {
                part.close();
            } catch (Exception e) {
                throw new EngineException("closing a model: " + e, e);
            }
        }
        open.clear();
    }
}
