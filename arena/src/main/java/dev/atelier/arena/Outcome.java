package dev.atelier.arena;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What a voter says of two pictures. */
public enum Outcome {
    LEFT("left", 1),
    RIGHT("right", 0),
    TIE("tie", 0.5),
    /** Counts as a tie between the two, and is told beside it: neither picture is good enough. */
    BOTH_BAD("both_bad", 0.5);

    private final String label;
    private final double share;

    Outcome(String label, double share) {
        this.label = label;
        this.share = share;
    }

    /** As files and requests write it. */
    public String label() {
        return label;
    }

    /** What the left side gets of the vote: 1, one half or 0. */
    public double share() {
        return share;
    }

    /** Whether one of the two is preferred. */
    public boolean isDecisive() {
        return share != 0.5;
    }

    /** @throws IllegalArgumentException naming what is allowed */
    public static Outcome parse(String label) {
        return Arrays.stream(values())
                .filter(one -> one.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("choice: '" + label + "' is none of "
                        + Arrays.stream(values()).map(Outcome::label).collect(Collectors.joining(", "))));
    }
}
