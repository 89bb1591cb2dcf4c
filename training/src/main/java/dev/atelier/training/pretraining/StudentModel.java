package dev.atelier.training.pretraining;

import dev.atelier.engine.dit.Flux2Transformer;
import dev.atelier.engine.dit.Positions;
import dev.atelier.engine.dit.ReferenceCache;
import dev.atelier.engine.dit.TransformerConfig;
import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.Device;
import dev.atelier.engine.tensor.Tensors;
import dev.atelier.engine.text.Qwen3Config;
import dev.atelier.engine.text.Qwen3Model;
import dev.atelier.engine.text.QwenTokenizer;
import dev.atelier.training.dataset.Caption;
import dev.atelier.training.dataset.FactSchema;
import dev.atelier.training.loop.FlowMatching;
import dev.atelier.training.optim.ParameterStore;
import dev.atelier.training.recipe.Recipe;
import dev.atelier.training.recipe.TextRecipe;
import dev.atelier.training.recipe.TransformerRecipe;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
    private final FactReader factReader; // null where facts have no weight or none are known
    private final QwenTokenizer tokenizer;
    private final TextRecipe text;
    private final DType computeType;
    private final Device device;

    /** @param facts what captions of the data may state */
    StudentModel(Recipe recipe, QwenTokenizer tokenizer, int vocabulary, FactSchema facts) {
        this.tokenizer = tokenizer;
        text = recipe.text();
        textConfig = textConfig(text, vocabulary);
        transformerConfig = transformerConfig(recipe);
        computeType = recipe.optimization().precision().type();
        device = recipe.trainingDevice();
        parameters = new ParameterStore(recipe.seed(), computeType);
        transformer = new Flux2Transformer(transformerConfig, parameters.at("transformer"));
        textEncoder = new Qwen3Model(textConfig, parameters.at("text_encoder"), textConfig.numHiddenLayers(), device);
        factReader = text.factWeight() == 0 || facts.blocks().isEmpty()
                ? null
                : new FactReader(facts, parameters.at("fact_reader"), transformerConfig.jointAttentionDim(), device);
        parameters.flatten(device);
    }

    static Qwen3Config textConfig(TextRecipe t, int vocabulary) {
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

    static TransformerConfig transformerConfig(Recipe recipe) {
        TransformerRecipe t = recipe.transformer();
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

    /**
     * The prompts of a batch as numbers.
     *
     * @param ids right-padded rows of {@code length}, one after the other
     * @param lengths tokens that are no padding, one a prompt
     */
    record Prompts(long[] ids, int[] lengths, int length) {}

    /** Prompts padded to as short a length as the longest allows. */
    Prompts tokenize(List<String> prompts) {
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
        return new Prompts(ids, lengths, length);
    }

    /** Embeddings (count, L, J) of the prompts from {@code from} on. */
    Tensor embed(Prompts prompts, int from, int count) {
        int length = prompts.length();
        long[] ids = Arrays.copyOfRange(prompts.ids(), from * length, (from + count) * length);
        int[] lengths = Arrays.copyOfRange(prompts.lengths(), from, from + count);
        Tensor rows = Tensors.to(Tensors.of(ids, count, length), device);
        return textEncoder.hiddenStates(rows, lengths, text.outLayers(), DType.F32);
    }

    /** Whether it learns what captions state. */
    boolean readsFacts() {
        return factReader != null;
    }

    /** How badly the text encoder's output tells what {@code captions} state, see {@link FactReader#loss}. */
    Tensor factLoss(List<Caption> captions) {
        Prompts prompts = tokenize(captions.stream().map(Caption::text).toList());
        return factReader.loss(embed(prompts, 0, captions.size()), prompts.lengths(), captions, device);
    }

    /**
     * The predicted clean latents.
     *
     * @param noisy (B, N, C)
     * @param time (B), noise level
     * @param references as {@link #extract} made them
     */
    Tensor predict(Tensor noisy, Tensor promptEmbeds, Tensor time, ReferenceCache references, int side) {
        Tensor positions = Tensors.cat(0, Positions.text(promptEmbeds.size(1)), Positions.image(side, side));
        Tensor rotaryEmbedding = transformer.rotaryEmbedding(positions, device);
        Tensor predicted = transformer.forward(
                Tensors.to(noisy, computeType), promptEmbeds, time, null, rotaryEmbedding, references);
        return Tensors.to(predicted, DType.F32);
    }

    /** Keys and values of references. @param references (B, N, C) each, on the grid of the image; may be empty */
    ReferenceCache extract(List<Tensor> references, int side) {
        if (references.isEmpty()) {
            return ReferenceCache.EMPTY;
        }
        List<Tensor> positions = new ArrayList<>();
        for (int i = 0; i < references.size(); i++) {
            positions.add(Positions.reference(i, side, side));
        }
        Tensor rotaryEmbedding = transformer.rotaryEmbedding(Tensors.cat(0, positions), device);
        Tensor tokens = Tensors.to(Tensors.cat(1, references), computeType);
        return transformer.extract(tokens, null, rotaryEmbedding, ReferenceCache.EMPTY);
    }

    /**
     * The flow-matching loss on the velocity of a model that predicts clean latents, one number an example (B): the mean of
     * {@code w ((x̂ - x) / max(t, 0.05))²}, see {@link FlowMatching#sampleError}.
     *
     * @param weight (B, N, 1)
     */
    static Tensor losses(Tensor predicted, Tensor clean, Tensor time, Tensor weight) {
        Tensor error = FlowMatching.sampleError(predicted, clean, time);
        return error.mul(error).mul(weight).flatten(1, 2).mean(1L);
    }

    @Override
    public void close() {
        if (factReader != null) {
            factReader.close();
        }
        parameters.close();
    }
}
