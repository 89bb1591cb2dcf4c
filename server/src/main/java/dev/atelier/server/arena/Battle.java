package dev.atelier.server.arena;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Two contenders' pictures of one prompt.
 *
 * @param left name of the contender on the left; sides are drawn when the battle is made
 * @param shown what voters see and are told afterwards; null while it is being made
 * @param repeats battle that this one shows again with its sides changed; empty: none
 * @param voter whom it is shown to; empty: everybody
 */
record Battle(
        String id,
        State state,
        Asked asked,
        String left,
        String right,
        Shown shown,
        Orders orders,
        String repeats,
        String voter,
        Instant createdAt) {
    /** What has become of it. */
    enum State {
        MAKING,
        READY;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What both sides drew. */
    record Asked(ArenaPrompt prompt, int width, int height, long seed) {}

    /** Predictions that make the pictures. */
    record Orders(String left, String right) {}

    /**
     * @param left ids of the left side's files
     * @param style left minus right; empty for sequences
     */
    record Shown(
            List<String> left,
            List<String> right,
            int width,
            int height,
            List<Double> style,
            Recipe leftRecipe,
            Recipe rightRecipe) {
        Shown swapped() {
            return new Shown(
                    right,
                    left,
                    width,
                    height,
                    style.stream().map(value -> -value).toList(),
                    rightRecipe,
                    leftRecipe);
        }
    }

    /** The same pictures for one voter, sides changed. */
    Battle again(String newId, String forVoter, Instant now) {
        return new Battle(newId, State.READY, asked, right, left, shown.swapped(), orders, id, forVoter, now);
    }
}
