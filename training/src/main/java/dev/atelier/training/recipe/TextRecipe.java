package dev.atelier.training.recipe;

import java.util.List;

/**
 * The Qwen3-shaped text encoder and its vocabulary.
 *
 * @param outLayers layers whose outputs, side by side, are the prompt embedding
 * @param maxLength tokens of a prompt at most
 * @param texts captions that the vocabulary is learnt from
 * @param factWeight of the loss by which the encoder learns to tell the facts that captions of the world state; left out: 0, it learns
 *     from pictures alone
 */
public record TextRecipe(
        int vocabulary,
        int texts,
        int hidden,
        int intermediate,
        int layers,
        int heads,
        int keyValueHeads,
        int headDim,
        List<Integer> outLayers,
        int maxLength,
        Double factWeight) {
    public TextRecipe {
        factWeight = factWeight == null ? 0 : factWeight;
        Bounds.atLeast("text.fact_weight", factWeight, 0);
        // 256 bytes and the special tokens are always there.
        Bounds.atLeast("text.vocabulary", vocabulary, 300);
        Bounds.atLeast("text.texts", texts, 1);
        Bounds.atLeast("text.hidden", hidden, 1);
        Bounds.atLeast("text.intermediate", intermediate, 1);
        Bounds.atLeast("text.layers", layers, 1);
        Bounds.atLeast("text.key_value_heads", keyValueHeads, 1);
        Bounds.atLeast("text.heads", heads, keyValueHeads);
        Bounds.atLeast("text.head_dim", headDim, 2);
        Bounds.present("text.out_layers", outLayers);
        outLayers = List.copyOf(outLayers);
        Bounds.atLeast("text.out_layers: how many", outLayers.size(), 1);
        outLayers.forEach(layer -> Bounds.between("text.out_layers", layer, 0, layers));
        Bounds.atLeast("text.max_length", maxLength, 1);
    }
}
