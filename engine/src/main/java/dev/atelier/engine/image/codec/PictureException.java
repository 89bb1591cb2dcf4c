package dev.atelier.engine.image.codec;

/** A file that is no picture this engine takes. The message names the format and the reason and may be shown to a client. */
public final class PictureException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What is wrong with a file. */
    public enum Kind {
        /** The content has no signature of a known format, or uses a part of its format that is not read. */
        UNSUPPORTED,
        /** The content breaks the rules of its format: truncated or damaged. */
        BROKEN,
        /** More bytes or pixels than the limits allow. */
        TOO_LARGE
    }

    private final Kind kind;

    private PictureException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    static PictureException unsupported(PictureFormat format, String reason) {
        return new PictureException(Kind.UNSUPPORTED, format.label() + ": " + reason, null);
    }

    static PictureException unknown(String reason) {
        return new PictureException(Kind.UNSUPPORTED, "picture: " + reason, null);
    }

    static PictureException broken(PictureFormat format, String reason) {
        return new PictureException(Kind.BROKEN, format.label() + ": " + reason, null);
    }

    static PictureException broken(PictureFormat format, String reason, Throwable cause) {
        return new PictureException(Kind.BROKEN, format.label() + ": " + reason, cause);
    }

    static PictureException tooLarge(String reason) {
        return new PictureException(Kind.TOO_LARGE, reason, null);
    }
}
