package dev.atelier.arena;

import java.util.List;

/**
 * Where a contender stands.
 *
 * @param rank 1 and the number of those whose interval lies wholly above; contenders that cannot be told apart share one
 * @param score Elo's scale: 100 points more win 64 % of the battles
 * @param controlled the score with what style sways taken out; the same where no style was measured
 * @param voters who voted on it
 * @param ties without those where both were bad
 * @param provisional why the score is not to be relied on yet, as sentences; empty: it is
 */
public record Standing(
        String model,
        int rank,
        Interval score,
        Interval controlled,
        int votes,
        int voters,
        int wins,
        int losses,
        int ties,
        int bothBad,
        List<String> provisional) {
    public Standing {
        provisional = List.copyOf(provisional);
    }
}
