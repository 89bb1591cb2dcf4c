package dev.atelier.prompt.llm;

/** A language model gave no answer. The message says why in one line, without secrets. */
public final class ChatModelException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ChatModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
