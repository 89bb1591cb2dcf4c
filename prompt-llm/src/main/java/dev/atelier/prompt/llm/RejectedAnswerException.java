package dev.atelier.prompt.llm;

/** A language model's answer that cannot be used; the message says why in one line. */
final class RejectedAnswerException extends Exception {
    private static final long serialVersionUID = 1L;

    RejectedAnswerException(String message) {
        super(message);
    }
}
