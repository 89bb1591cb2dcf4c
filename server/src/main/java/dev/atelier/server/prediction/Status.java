package dev.atelier.server.prediction;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** The states of a prediction: {@code starting -> processing -> completed | failed | canceled}. */
public enum Status {
    /** Accepted, durable, waiting. */
    STARTING,
    /** A worker holds it. */
    PROCESSING,
    /** Ended with at least one picture. */
    COMPLETED,
    /** Ended without a picture, with a reason. */
    FAILED,
    /** Ended by its caller. */
    CANCELED;

    private static final Set<Status> ENDS = EnumSet.of(COMPLETED, FAILED, CANCELED);

    public boolean ended() {
        return ENDS.contains(this);
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Status of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
