package dev.atelier.server.outbound;

/** A call to a caller's URL was refused or failed. The message is fit for the caller: it names no internal address. */
public final class OutboundException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What went wrong. */
    public enum Reason {
        /** The URL itself is not acceptable. */
        BAD_URL,
        /** The host is at an address that may not be called. */
        REFUSED,
        /** No answer: unknown host, no connection, broken TLS, broken HTTP. */
        UNREACHABLE,
        /** The time allowed for the whole call is over. */
        TIMEOUT,
        /** The answer is longer than asked for. */
        TOO_LARGE,
        /** The answer's status is not 2xx, or it redirects too often. */
        STATUS
    }

    private final Reason reason;

    OutboundException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    OutboundException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
