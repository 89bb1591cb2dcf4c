package dev.atelier.server.arena;

import dev.atelier.arena.Interval;
import java.time.Instant;

/**
 * An alias that was given another model.
 *
 * @param from catalog id of the model that it had
 * @param undoneAt null: it holds, unless a later one came
 */
public record Promotion(
        String id, String alias, String from, String to, Grounds grounds, Instant at, Instant undoneAt) {
    /**
     * What was known when it was decided.
     *
     * @param difference points by which the new one was ahead
     * @param by the key's name
     */
    public record Grounds(
            Side before,
            Side after,
            Interval difference,
            double margin,
            double factsBefore,
            double factsAfter,
            int votes,
            int voters,
            String by) {}

    /** One of the two contenders. */
    public record Side(String contender, String weights, int votes, int voters, Interval score) {}
}
