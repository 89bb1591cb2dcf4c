package dev.atelier.arena;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A voter whose votes do not look at the pictures. The test, on decisive votes of one voter that either all count or all name one model:
 * with d the mean of (won - probability of winning by everybody's fit), the chance of such a mean among n honest votes is at most 2 exp(-2 n
 * d²) (Hoeffding 1963); it is suspicious when that chance times the number of tests is below 0.01, |d| is 0.25 or more, and n is 20 or more.
 * Tested are the left side and each model.
 *
 * @param why a sentence for people
 * @param votes all of this voter's
 */
public record SuspiciousVoter(String voter, String why, int votes) {
    static final int MIN_VOTES = 20;
    static final double MIN_EFFECT = 0.25;
    static final double LEVEL = 0.01;

    /** The suspicious voters of a tally by a fit, without those whose weight is 0 already. */
    static List<SuspiciousVoter> find(Tally tally, BradleyTerry fit, double[] weight) {
        int models = tally.models.size();
        double tests = (double) tally.voters.size() * (models + 1);
        List<SuspiciousVoter> found = new ArrayList<>();
        int row = 0;
        while (row < tally.rows()) {
            int voter = tally.voter[row];
            // The last one is for the left side.
            double[] gained = new double[models + 1];
            int[] votes = new int[models + 1];
            int all = 0;
            for (; row < tally.rows() && tally.voter[row] == voter; row++) {
                int decisive = tally.leftWins[row] + tally.rightWins[row];
                double gain = tally.leftWins[row] - decisive * fit.probability(row);
                gained[models] += gain;
                gained[tally.left[row]] += gain;
                gained[tally.right[row]] -= gain;
                votes[models] += decisive;
                votes[tally.left[row]] += decisive;
                votes[tally.right[row]] += decisive;
                all += tally.votes(row);
            }
            int which = weight[voter] > 0 ? worst(gained, votes, tests) : -1;
            if (which >= 0) {
                found.add(new SuspiciousVoter(
                        tally.voters.get(voter), why(tally, which, gained[which], votes[which]), all));
            }
        }
        return found;
    }

    /** The test that fails most clearly; -1 when none does. */
    private static int worst(double[] gained, int[] votes, double tests) {
        int worst = -1;
        double least = LEVEL;
        for (int i = 0; i < gained.length; i++) {
            if (votes[i] < MIN_VOTES) {
                continue;
            }
            double effect = Math.abs(gained[i]) / votes[i];
            double chance = 2 * Math.exp(-2 * votes[i] * effect * effect) * tests;
            if (effect >= MIN_EFFECT && chance < least) {
                worst = i;
                least = chance;
            }
        }
        return worst;
    }

    private static String why(Tally tally, int which, double gained, int votes) {
        String name = which == tally.models.size() ? "the left side" : "'" + tally.models.get(which) + "'";
        return String.format(
                Locale.ROOT,
                "%s won %+.0f%% more often than with everybody else, in %d votes",
                name,
                100 * gained / votes,
                votes);
    }
}
