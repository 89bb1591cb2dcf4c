package dev.atelier.engine.dit;

import dev.atelier.engine.tensor.Device;
import dev.atelier.engine.weights.JsonConfig;
import dev.atelier.engine.weights.Weights;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * {@code transformer/config.json} of a {@code Flux2Transformer2DModel}.
 *
 * @param inChannels channels of a latent token (after 2x2 patching)
 * @param outChannels channels of a predicted token
 * @param numLayers double-stream blocks
 * @param numSingleLayers single-stream blocks
 * @param jointAttentionDim width of the prompt embeddings
 * @param timestepGuidanceChannels width of the sinusoidal time embedding
 * @param mlpRatio inner width of the feed-forward layers as a multiple of {@link #dim}
 * @param axesDimsRope numbers of each head turned by each of the four position axes
 * @param guidanceEmbeds whether the guidance scale is an input of the model
 */
public record TransformerConfig(
        int inChannels,
        int outChannels,
        int numLayers,
        int numSingleLayers,
        int attentionHeadDim,
        int numAttentionHeads,
        int jointAttentionDim,
        int timestepGuidanceChannels,
        double mlpRatio,
        List<Integer> axesDimsRope,
        double ropeTheta,
        double eps,
        boolean guidanceEmbeds) {
    public static final String CLASS_NAME = "Flux2Transformer2DModel";

    /** The name of its weights' file as diffusers writes it, without ending. */
    public static final String FILE = "diffusion_pytorch_model";

    /** Position axes of a token: time (which image), row, column, place in the text. */
    public static final int AXES = 4;

    public TransformerConfig {
        axesDimsRope = List.copyOf(axesDimsRope);
    }

    /**
     * The configuration of the component in {@code folder}: its {@code config.json}; where there is none beside a single GGUF or safetensors
     * file, what the shapes of its tensors say.
     *
     * @throws dev.atelier.engine.tensor.EngineException naming the file and what is wrong
     */
    public static TransformerConfig read(Path folder) {
        Path json = folder.resolve("config.json");
        if (Files.exists(json) || !Weights.isOneFile(folder, FILE)) {
            return parse(JsonConfig.read(json));
        }
        try (Weights weights = Weights.open(folder, FILE, Device.CPU)) {
            return parse(TransformerShapes.config(weights));
        }
    }

    /** Defaults are those of diffusers' constructor. */
    public static TransformerConfig parse(JsonConfig json) {
        json.requireText("_class_name", CLASS_NAME);
        json.integer("patch_size", 1, 1, 1);
        int inChannels = json.integer("in_channels", 1, 1 << 16, 128);
        int headDim = json.integer("attention_head_dim", 2, 1024, 128);
        List<Integer> axes = json.integers("axes_dims_rope", 2, 1024, AXES, List.of(32, 32, 32, 32));
        int turned = axes.stream().mapToInt(Integer::intValue).sum();
        if (axes.size() != AXES || turned != headDim || axes.stream().anyMatch(d -> d % 2 != 0)) {
            throw json.wrong("axes_dims_rope", AXES + " even numbers whose sum is attention_head_dim = " + headDim);
        }
        int channels = json.integer("timestep_guidance_channels", 2, 1 << 16, 256);
        if (channels % 2 != 0) {
            throw json.wrong("timestep_guidance_channels", "an even number");
        }
        return new TransformerConfig(
                inChannels,
                json.integer("out_channels", 1, 1 << 16, inChannels),
                json.integer("num_layers", 0, 1000, 8),
                json.integer("num_single_layers", 0, 1000, 48),
                headDim,
                json.integer("num_attention_heads", 1, 1024, 48),
                json.integer("joint_attention_dim", 1, 1 << 20, 15360),
                channels,
                json.number("mlp_ratio", 0.01, 100, 3.0),
                axes,
                json.number("rope_theta", 1, 1e12, 2000),
                json.number("eps", 1e-12, 1, 1e-6),
                json.bool("guidance_embeds", true));
    }

    /** The same transformer for tokens of {@code channels} channels. */
    public TransformerConfig withChannels(int channels) {
        return withChannels(channels, channels);
    }

    /** The same transformer that takes tokens of {@code in} channels and predicts {@code out}. */
    public TransformerConfig withChannels(int in, int out) {
        return new TransformerConfig(
                in,
                out,
                numLayers,
                numSingleLayers,
                attentionHeadDim,
                numAttentionHeads,
                jointAttentionDim,
                timestepGuidanceChannels,
                mlpRatio,
                axesDimsRope,
                ropeTheta,
                eps,
                guidanceEmbeds);
    }

    /** Width of the residual stream. */
    public int dim() {
        return numAttentionHeads * attentionHeadDim;
    }

    /** Inner width of the feed-forward layers. */
    public int mlpDim() {
        return (int) (dim() * mlpRatio);
    }
}
