package dev.atelier.hub;

/** Why a model could not be pulled or found, in one line that says what to do about it. */
public final class HubException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What went wrong, for callers that act on it. */
    public enum Kind {
        /** A model name, revision or endpoint that cannot be one. */
        BAD_NAME,
        /** The hub wants a token, or refused the one given. */
        UNAUTHORIZED,
        /** The model's licence has to be accepted on its page first. */
        GATED,
        /** No such model, revision or file. */
        NOT_FOUND,
        /** The hub asked to slow down and kept asking. */
        RATE_LIMITED,
        /** The hub could not be reached, failed, or answered nonsense. */
        UNAVAILABLE,
        /** Bytes that are not what the hub lists: wrong size or checksum. */
        CORRUPT,
        /** No room on the disk, or it cannot be written. */
        DISK,
        /** This process is pulling the same model already. */
        BUSY,
        /** A pull of the folder was begun and not finished. */
        INCOMPLETE,
        /** The calling thread was interrupted. */
        INTERRUPTED
    }

    private final Kind kind;

    public HubException(Kind kind, String message) {
        this(kind, message, null);
    }

    public HubException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
