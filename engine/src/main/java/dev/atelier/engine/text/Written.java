package dev.atelier.engine.text;

/**
 * What a language model has written.
 *
 * @param text without special tokens
 * @param promptTokens that it read before
 * @param tokens that it wrote
 */
public record Written(String text, int promptTokens, int tokens, End end) {
    /** Why a text is no longer than it is. */
    public enum End {
        /** The model, or the grammar, was at its end. */
        ENDED,
        /** It had as many tokens as it may have; one with a grammar was brought to its end in the shortest way. */
        LENGTH,
        /** It was told to stop; one with a grammar is cut where it was. */
        STOPPED
    }
}
