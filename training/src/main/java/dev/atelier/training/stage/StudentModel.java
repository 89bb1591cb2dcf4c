package dev.atelier.training.stage;

import dev.atelier.engine.dit.Flux2Transformer;
import dev.atelier.engine.dit.Positions;
import dev.atelier.engine.dit.ReferenceCache;
import dev.atelier.engine.dit.TransformerConfig;
import dev.atelier.engine.sampling.SchedulerConfig;
import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.Device;
import dev.atelier.engine.tensor.Tensors;
import dev.atelier.engine.text.Qwen3Config;
import dev.atelier.engine.text.Qwen3Model;
import dev.atelier.engine.text.QwenTokenizer;
import dev.atelier.training.recipe.Recipe;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** The transformer and text encoder that a recipe trains, built of the engine's classes over trainable parameters. */
final class StudentModel implements AutoCloseable {
    /** Prompts of a batch are padded to a multiple of this. */
    static final int LENGTH_MULTIPLE = 8;

    final ParameterStore parameters;
    final TransformerConfig transformerConfig;
    final Qwen3Config textConfig;
    private final Flux2Transformer transformer;
    private final Qwen3Model textEncoder;
    private final QwenTokenizer tokenizer;
    private final Recipe.Text text;
    private final DType computeType;

    StudentModel(Recipe recipe, QwenTokenizer tokenizer, int vocabulary) {
        this.tokenizer = tokenizer;
        text = recipe.text();
        textConfig = textConfig(text, vocabulary);
        transformerConfig = transformerConfig(recipe);
        computeType = recipe.optimization().precision().type();
        parameters = new ParameterStore(recipe.seed(), computeType);
        transformer = new Flux2Transformer(transformerConfig, parameters.at("transformer"));
        textEncoder =
                new Qwen3Model(textConfig, parameters.at("text_encoder"), textConfig.numHiddenLayers(), Device.CPU);
        parameters.flatten();
    }

    private static Qwen3Config textConfig(Recipe.Text t, int vocabulary) {
        return new Qwen3Config(
                vocabulary,
                t.hidden(),
                t.intermediate(),
                t.layers(),
                t.heads(),
                t.keyValueHeads(),
                t.headDim(),
                1e-6,
                10_000,
                true);
    }

    private static TransformerConfig transformerConfig(Recipe recipe) {
        Recipe.Transformer t = recipe.transformer();
        int channels = recipe.autoencoder().channels();
        return new TransformerConfig(
                channels,
                channels,
                t.doubleBlocks(),
                t.singleBlocks(),
                t.headDim(),
                t.heads(),
                recipe.text().hidden() * recipe.text().outLayers().size(),
                256,
                t.mlpRatio(),
                t.axes(),
                2000,
                1e-6,
                false);
    }

    /** Prompt embeddings (B, L, J), L as short as the longest prompt allows. */
    Tensor embed(List<String> prompts) {
        List<QwenTokenizer.Tokens> tokens = prompts.stream()
                .map(p -> tokenizer.encodePrompt(p, text.maxLength()))
                .toList();
        int[] lengths = tokens.stream().mapToInt(QwenTokenizer.Tokens::length).toArray();
        int longest =
                tokens.stream().mapToInt(QwenTokenizer.Tokens::length).max().orElse(1);
        int length = Math.min(text.maxLength(), Math.ceilDiv(longest, LENGTH_MULTIPLE) * LENGTH_MULTIPLE);
        long[] ids = new long[prompts.size() * length];
        for (int i = 0; i < prompts.size(); i++) {
            System.arraycopy(tokens.get(i).ids(), 0, ids, i * length, length);
        }
        return textEncoder.hiddenStates(Tensors.of(ids, prompts.size(), length), lengths, text.outLayers(), DType.F32);
    }

    /**
     * The predicted clean latents.
     *
     * @param noisy (B, N, C)
     * @param time (B), noise level
     * @param references (B, N, C) each, on the grid of the image
     */
    Tensor predict(Tensor noisy, Tensor promptEmbeds, Tensor time, List<Tensor> references, int side) {
        Tensor positions = Tensors.cat(0, Positions.text(promptEmbeds.size(1)), Positions.image(side, side));
        ReferenceCache cache = references.isEmpty() ? ReferenceCache.EMPTY : extract(references, side);
        Tensor turns = transformer.turns(positions, Device.CPU);
        Tensor predicted = transformer.forward(Tensors.to(noisy, computeType), promptEmbeds, time, null, turns, cache);
        return Tensors.to(predicted, DType.F32);
    }

    private ReferenceCache extract(List<Tensor> references, int side) {
        List<Tensor> positions = new ArrayList<>();
        for (int i = 0; i < references.size(); i++) {
            positions.add(Positions.reference(i, side, side));
        }
        Tensor turns = transformer.turns(Tensors.cat(0, positions), Device.CPU);
        Tensor tokens = Tensors.to(Tensors.cat(1, references), computeType);
        return transformer.extract(tokens, null, turns, ReferenceCache.EMPTY);
    }

    /**
     * The flow-matching loss on the velocity of a model that predicts clean latents: the mean of
     * {@code w ((x̂ - x) / max(t, 0.05))²}. Source: Li and He 2025 ("Back to basics: let denoising generative models denoise").
     *
     * @param weight (B, N, 1)
     */
    static Tensor loss(Tensor predicted, Tensor clean, Tensor time, Tensor weight) {
        Tensor sigma = time.clamp_min(new Scalar(SchedulerConfig.MIN_SIGMA)).view(-1, 1, 1);
        Tensor error = predicted.sub(clean).div(sigma);
        return error.mul(error).mul(weight).mean();
    }

    @Override
    public void close() {
        parameters.close();
    }
}
