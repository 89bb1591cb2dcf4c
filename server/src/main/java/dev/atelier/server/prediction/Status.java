package dev.atelier.server.prediction;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** The states of a prediction: {@code planning -> starting -> processing -> completed | failed | canceled}. */
public enum Status {
    /** Accepted, durable, with a plan by rules; waits for a better one. Most predictions begin with {@link #STARTING}. */
    PLANNING,
    /** Accepted, durable, waiting for a device. */
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

    /** Whether nobody makes pictures of it yet. */
    public boolean waits() {
        return this == PLANNING || this == STARTING;
    }

    public static Status of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
