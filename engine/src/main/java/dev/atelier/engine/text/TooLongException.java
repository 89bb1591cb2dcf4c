package dev.atelier.engine.text;

import dev.atelier.engine.tensor.EngineException;

/** A conversation has more tokens than a language model reads. */
public final class TooLongException extends EngineException {
    private static final long serialVersionUID = 1L;

    TooLongException(int tokens, int most) {
        super("the conversation has " + tokens + " tokens; at most " + most + " are read");
    }
}
