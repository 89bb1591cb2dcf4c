package dev.atelier.server.access;

/** A key is needed, and there is none. */
final class NoKeyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoKeyException(String message) {
        super(message);
    }
}
