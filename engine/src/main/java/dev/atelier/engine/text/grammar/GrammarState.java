package dev.atelier.engine.text.grammar;

import java.io.ByteArrayOutputStream;

/** A place in a text that a grammar allows. Immutable; safe to use from any thread. */
public interface GrammarState {
    /** The place after one more byte, 0 to 255; null when the grammar does not allow it here. */
    GrammarState after(int octet);

    /** Whether the text may end here. */
    boolean isComplete();

    /** Appends the shortest text that is allowed from here to the end; nothing where {@link #isComplete} holds. */
    void finish(ByteArrayOutputStream text);

    /** The place after {@code bytes}; null when the grammar does not allow them here. */
    default GrammarState after(byte[] bytes) {
        GrammarState state = this;
        for (int i = 0; state != null && i < bytes.length; i++) {
            state = state.after(bytes[i] & 0xFF);
        }
        return state;
    }
}
