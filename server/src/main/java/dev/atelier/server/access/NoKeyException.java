package dev.atelier.server.access;

import dev.atelier.server.StartException;

/** A key is needed, and there is none. */
final class NoKeyException extends StartException {
    private static final long serialVersionUID = 1L;

    NoKeyException(String message) {
        super(
                message,
                "Make a key with 'atelier keys create --name NAME' (and the same --data or --database as serve has),"
                        + " or listen on this machine only, without keys.",
                null);
    }
}
