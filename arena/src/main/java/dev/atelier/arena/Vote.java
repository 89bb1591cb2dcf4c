package dev.atelier.arena;

import java.time.Instant;
import java.util.List;

/**
 * One blind vote.
 *
 * @param battle id of the two pictures; a voter has one vote in it
 * @param left contender on the left
 * @param right contender on the right, another one
 * @param task such as {@code text-to-image}; empty: not known
 * @param category such as {@code posters}; empty: not known
 * @param style left minus right of {@link PictureStyle#NAMES}, in their order; empty: not measured
 * @param repeats battle that this one shows again with its sides changed, to see how consistent its voter is; empty: none
 */
public record Vote(
        String battle,
        String voter,
        String left,
        String right,
        Outcome outcome,
        String task,
        String category,
        List<Double> style,
        String repeats,
        Instant at) {
    public Vote {
        required("battle", battle);
        required("voter", voter);
        required("left", left);
        required("right", right);
        if (left.equals(right)) {
            throw new IllegalArgumentException("battle " + battle + ": '" + left + "' stands on both sides");
        }
        if (outcome == null) {
            throw new IllegalArgumentException("battle " + battle + ": no choice");
        }
        style = style == null ? List.of() : List.copyOf(style);
        if (!style.isEmpty() && style.size() != PictureStyle.NAMES.size()) {
            throw new IllegalArgumentException(
                    "battle " + battle + ": style has " + style.size() + " values, not " + PictureStyle.NAMES.size());
        }
        if (style.stream().anyMatch(value -> !Double.isFinite(value))) {
            throw new IllegalArgumentException("battle " + battle + ": style has a value that is no number");
        }
        task = task == null ? "" : task;
        category = category == null ? "" : category;
        repeats = repeats == null ? "" : repeats;
    }

    /** Whether it shows how consistent its voter is; such a vote does not count in the ranking. */
    public boolean isRepeat() {
        return !repeats.isEmpty();
    }

    /** The preferred contender; empty without one. */
    public String winner() {
        return switch (outcome) {
            case LEFT -> left;
            case RIGHT -> right;
            case TIE, BOTH_BAD -> "";
        };
    }

    private static void required(String field, String value) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("vote: " + field + " is missing");
        }
    }
}
