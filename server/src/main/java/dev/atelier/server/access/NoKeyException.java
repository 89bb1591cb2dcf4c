package dev.atelier.server.access;

/** The service would listen where others reach it, and nobody would need a key. */
final class NoKeyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoKeyException(String address) {
        super("The service is to listen on " + address + ", which other machines reach, and there is no key.");
    }
}
