package dev.atelier.provenance;

/** Credentials, or a file that is to carry them, are not as the standard has them; the message says what and where. */
public final class ProvenanceException extends Exception {
    private static final long serialVersionUID = 1L;

    ProvenanceException(String message) {
        super(message);
    }

    ProvenanceException(String message, Throwable cause) {
        super(message, cause);
    }
}
