package dev.atelier.engine.dit;

import dev.atelier.engine.dit.DoubleStreamBlock.Extracted;
import dev.atelier.engine.dit.DoubleStreamBlock.StreamModulation;
import dev.atelier.engine.dit.DoubleStreamBlock.Streams;
import dev.atelier.engine.nn.Layers;
import dev.atelier.engine.nn.Linear;
import dev.atelier.engine.nn.Norms;
import dev.atelier.engine.nn.Rope;
import dev.atelier.engine.nn.TimestepEmbedding;
import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.Device;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The FLUX.2 transformer: predicts the velocity of noisy latent tokens from text and reference tokens. Source: diffusers
 * {@code transformer_flux2.py}.
 *
 * <p>B batch, N image tokens, T text tokens, C latent channels, J width of the prompt embeddings.
 */
public final class Flux2Transformer {
    private final TransformerConfig config;
    private final TimestepEmbedding timestepEmbedder; // time_guidance_embed.timestep_embedder
    private final TimestepEmbedding
            guidanceEmbedder; // time_guidance_embed.guidance_embedder; null without guidance_embeds
    private final Linear doubleStreamModulationImg; // double_stream_modulation_img.linear (6D, D)
    private final Linear doubleStreamModulationTxt; // double_stream_modulation_txt.linear (6D, D)
    private final Linear singleStreamModulation; // single_stream_modulation.linear (3D, D)
    private final Linear xEmbedder; // x_embedder (D, C)
    private final Linear contextEmbedder; // context_embedder (D, J)
    private final List<DoubleStreamBlock> transformerBlocks = new ArrayList<>();
    private final List<SingleStreamBlock> singleTransformerBlocks = new ArrayList<>();
    private final Linear normOut; // norm_out.linear (2D, D), scale first
    private final Linear projOut; // proj_out (C, D)

    public Flux2Transformer(TransformerConfig config, Layers layers) {
        this.config = config;
        int dim = config.dim();
        Layers time = layers.at("time_guidance_embed");
        timestepEmbedder = new TimestepEmbedding(time.at("timestep_embedder"), config.timestepGuidanceChannels(), dim);
        guidanceEmbedder = config.guidanceEmbeds()
                ? new TimestepEmbedding(time.at("guidance_embedder"), config.timestepGuidanceChannels(), dim)
                : null;
        doubleStreamModulationImg = layers.linear("double_stream_modulation_img.linear", dim, 6L * dim);
        doubleStreamModulationTxt = layers.linear("double_stream_modulation_txt.linear", dim, 6L * dim);
        singleStreamModulation = layers.linear("single_stream_modulation.linear", dim, 3L * dim);
        xEmbedder = layers.linear("x_embedder", config.inChannels(), dim);
        contextEmbedder = layers.linear("context_embedder", config.jointAttentionDim(), dim);
        for (int i = 0; i < config.numLayers(); i++) {
            transformerBlocks.add(new DoubleStreamBlock(config, layers.at("transformer_blocks", i)));
        }
        for (int i = 0; i < config.numSingleLayers(); i++) {
            singleTransformerBlocks.add(new SingleStreamBlock(config, layers.at("single_transformer_blocks", i)));
        }
        normOut = layers.linear("norm_out.linear", dim, 2L * dim);
        projOut = layers.linear("proj_out", dim, config.outChannels());
    }

    public TransformerConfig config() {
        return config;
    }

    /** The rotary embedding of tokens at {@code positions} (float64, tokens x 4); make them once per generation. */
    public Tensor rotaryEmbedding(Tensor positions, Device device) {
        return Rope.rotaryEmbedding(positions, config.axesDimsRope(), config.ropeTheta(), device);
    }

    /**
     * @param latents (B, N, C); the tokens of inline references are further tokens here
     * @param promptEmbeds (B, T, J)
     * @param timestep (B), the noise level sigma, 0 to 1
     * @param guidance (B), guidance scale; null unless the model has a guidance embedding
     * @param rotaryEmbedding of the T text then the N image tokens
     * @param references cached references, or {@link ReferenceCache#EMPTY}
     * @return velocity (B, N, C)
     */
    public Tensor forward(
            Tensor latents,
            Tensor promptEmbeds,
            Tensor timestep,
            Tensor guidance,
            Tensor rotaryEmbedding,
            ReferenceCache references) {
        return Scopes.scoped(() -> {
            Tensor temb = timeEmbedding(timestep, guidance, DType.of(latents)); // (B, 1, D)
            Tensor image = runBlocks(latents, promptEmbeds, temb, rotaryEmbedding, references); // (B, N, D)
            Tensor mod = normOut.forward(torch.silu(temb));
            Tensor scale = mod.narrow(-1, 0, config.dim()).add(new Scalar(1.0));
            Tensor shift = mod.narrow(-1, config.dim(), config.dim());
            return projOut.forward(torch.addcmul(shift, Norms.layerNorm(image, config.eps()), scale));
        });
    }

    private Tensor runBlocks(
            Tensor latents, Tensor promptEmbeds, Tensor temb, Tensor rotaryEmbedding, ReferenceCache references) {
        return Scopes.scoped(() -> {
            int dim = config.dim();
            Tensor activated = torch.silu(temb);
            StreamModulation imageMod = StreamModulation.of(doubleStreamModulationImg.forward(activated), dim);
            StreamModulation textMod = StreamModulation.of(doubleStreamModulationTxt.forward(activated), dim);
            Modulation singleMod = Modulation.of(singleStreamModulation.forward(activated), 0, dim);
            Streams streams = new Streams(xEmbedder.forward(latents), contextEmbedder.forward(promptEmbeds));
            int layer = 0;
            for (DoubleStreamBlock block : transformerBlocks) {
                Streams in = streams;
                streams = block.forward(in, imageMod, textMod, rotaryEmbedding, references.layer(layer++));
                in.close();
            }
            Tensor x = Tensors.cat(1, streams.text(), streams.image());
            streams.close();
            for (SingleStreamBlock block : singleTransformerBlocks) {
                Tensor in = x;
                x = block.forward(in, singleMod, rotaryEmbedding, references.layer(layer++));
                in.close();
            }
            return x.narrow(1, promptEmbeds.size(1), latents.size(1));
        });
    }

    /**
     * Runs reference tokens through every layer once, at time 0, and keeps their keys and values. Tokens given together see each
     * other; all see {@code earlier}, which does not change: so a sequence grows without computing anything twice.
     *
     * @param references (B, R, C)
     * @param guidance (B); null unless the model has a guidance embedding
     * @param rotaryEmbedding of the R reference tokens
     * @param earlier references extracted before, or {@link ReferenceCache#EMPTY}
     * @return keys and values of {@code earlier} and {@code references}, owned by the innermost scope
     */
    public ReferenceCache extract(Tensor references, Tensor guidance, Tensor rotaryEmbedding, ReferenceCache earlier) {
        List<Tensor> out = Scopes.scopedAll(() -> {
            Tensor time = Tensors.to(Tensors.zeros(DType.F32, references.size(0)), deviceOf(references));
            Tensor activated = torch.silu(timeEmbedding(time, guidance, DType.of(references)));
            StreamModulation imageMod = StreamModulation.of(doubleStreamModulationImg.forward(activated), config.dim());
            Modulation singleMod = Modulation.of(singleStreamModulation.forward(activated), 0, config.dim());
            List<Tensor> kept = new ArrayList<>();
            Tensor x = xEmbedder.forward(references);
            int layer = 0;
            for (DoubleStreamBlock block : transformerBlocks) {
                x = keep(block.extract(x, imageMod, rotaryEmbedding, earlier.layer(layer++)), x, kept);
            }
            int last = singleTransformerBlocks.size() - 1;
            for (int i = 0; i <= last; i++) {
                SingleStreamBlock block = singleTransformerBlocks.get(i);
                KeyValue before = earlier.layer(layer++);
                if (i == last) {
                    // Nothing comes after it: of the last block the keys and values are all that is wanted.
                    KeyValue own = block.keyValue(x, singleMod, rotaryEmbedding, before);
                    kept.addAll(List.of(own.key(), own.value()));
                } else {
                    x = keep(block.extract(x, singleMod, rotaryEmbedding, before), x, kept);
                }
            }
            return kept;
        });
        List<KeyValue> layers = new ArrayList<>();
        for (int i = 0; i < out.size(); i += 2) {
            layers.add(new KeyValue(out.get(i), out.get(i + 1)));
        }
        return new ReferenceCache(layers, earlier.tokens() + references.size(1));
    }

    private static Tensor keep(Extracted extracted, Tensor replaced, List<Tensor> kept) {
        kept.add(extracted.keyValue().key());
        kept.add(extracted.keyValue().value());
        replaced.close();
        return extracted.references();
    }

    /** (B, 1, D). Source: {@code Flux2TimestepGuidanceEmbeddings}. */
    private Tensor timeEmbedding(Tensor timestep, Tensor guidance, DType type) {
        return Scopes.scoped(() -> {
            Scalar thousand = new Scalar(1000.0);
            Tensor temb = timestepEmbedder.forward(timestep.mul(thousand), type);
            if (guidanceEmbedder != null) {
                temb = temb.add(guidanceEmbedder.forward(guidance.mul(thousand), type));
            }
            return temb.unsqueeze(1);
        });
    }

    private static Device deviceOf(Tensor tensor) {
        return tensor.is_cuda() ? new Device(Device.Kind.CUDA, tensor.device().index()) : Device.CPU;
    }
}
