package dev.atelier.server.prediction;

import java.util.Locale;

/**
 * What stopped a prediction.
 *
 * @param field of the request that is at fault, such as {@code images[0]}; empty when it is none
 * @param message for its caller; empty when nothing did
 */
public record Failure(Reason reason, String field, String message) {
    public static final Failure NONE = new Failure(Reason.NONE, "", "");

    /** Few, because they label a metric. */
    public enum Reason {
        NONE,
        /** It did not end in time. */
        DEADLINE,
        /** This service has not memory enough for it. */
        MEMORY,
        /** Its workers died of it. */
        ABANDONED,
        /** A picture that it starts from cannot be had or read. */
        REFERENCE,
        /** It asks for what its model does not do. */
        REQUEST,
        /** Its caller canceled it. */
        CANCELED,
        /** Something of the service itself. */
        ENGINE;

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Reason of(String label) {
            return valueOf(label.toUpperCase(Locale.ROOT));
        }
    }

    public static Failure of(Reason reason, String message) {
        return new Failure(reason, "", message);
    }
}
