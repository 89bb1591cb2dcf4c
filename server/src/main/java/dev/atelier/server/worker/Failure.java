package dev.atelier.server.worker;

import java.util.Locale;

/**
 * What stopped a prediction.
 *
 * @param message for its caller; empty when nothing did
 */
record Failure(Reason reason, String message) {
    static final Failure NONE = new Failure(Reason.NONE, "");

    /** Few, because they label a metric. */
    enum Reason {
        NONE,
        DEADLINE,
        MEMORY,
        ABANDONED,
        REFERENCE,
        REQUEST,
        ENGINE;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
