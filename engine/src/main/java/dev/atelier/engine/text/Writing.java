package dev.atelier.engine.text;

import dev.atelier.engine.text.grammar.GrammarState;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * How a language model is to write.
 *
 * @param maxTokens at which a text ends that has not ended by itself, 1 or more
 * @param grammar the beginning of what the text is held to; null: it may say anything
 * @param stop asked before each token; true ends the text where it is
 * @param listener is given each piece of the text as soon as its characters are whole, on the model's thread
 */
public record Writing(
        int maxTokens, TokenSampling sampling, GrammarState grammar, BooleanSupplier stop, Consumer<String> listener) {
    /** At most {@code maxTokens}, always the likeliest, with nobody who listens. */
    public static Writing greedy(int maxTokens, BooleanSupplier stop) {
        return new Writing(maxTokens, TokenSampling.GREEDY, null, stop, _ -> {});
    }

    /** The same, held to a grammar: the text fits it unless it was stopped. */
    public Writing heldTo(GrammarState grammar) {
        return new Writing(maxTokens, sampling, grammar, stop, listener);
    }
}
