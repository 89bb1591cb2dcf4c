package dev.atelier.arena;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether a new model may take an old one's place: it must be better beyond doubt, and must not draw worse what can be counted.
 *
 * @param margin without one (0), the new one's lower bound must lie above the old one's upper bound; with one, the lower bound of their
 *     difference must be at least so many points
 * @param factsLoss by how much the evaluation's facts may fall, 0 to 1
 */
public record PromotionGate(double margin, double factsLoss) {
    public static final PromotionGate DEFAULT = new PromotionGate(0, 0.03);

    /** Figures of decimal files: what is written as a difference of 0.03 is no more than that. */
    private static final double ROUNDING = 1e-9;

    public PromotionGate {
        if (!(margin >= 0 && margin <= 1000)) {
            throw new IllegalArgumentException("margin: " + margin + " is not in 0 to 1000");
        }
        if (!(factsLoss >= 0 && factsLoss <= 1)) {
            throw new IllegalArgumentException("facts loss: " + factsLoss + " is not in 0 to 1");
        }
    }

    /** Shares of facts that an evaluation found drawn, 0 to 1. */
    public record Facts(double before, double after) {
        public Facts {
            if (!(before >= 0 && before <= 1 && after >= 0 && after <= 1)) {
                throw new IllegalArgumentException("facts: " + before + " and " + after + " are not both in 0 to 1");
            }
        }
    }

    /**
     * @param reasons against; empty: it may be promoted
     * @param difference points by which the new one is ahead
     */
    public record Verdict(List<String> reasons, Interval difference, Standing before, Standing after) {
        public boolean passed() {
            return reasons.isEmpty();
        }
    }

    /** @throws IllegalArgumentException when one of them is no contender of the ranking */
    public Verdict judge(Ranking ranking, String before, String after, Facts facts) {
        Interval difference = ranking.difference(after, before);
        Leaderboard board = ranking.leaderboard();
        Standing old = standing(board, before);
        Standing other = standing(board, after);
        List<String> reasons = new ArrayList<>();
        for (Standing one : List.of(old, other)) {
            one.provisional().forEach(why -> reasons.add("'" + one.model() + "' is provisional: " + why));
        }
        if (margin == 0 && other.score().lower() <= old.score().upper()) {
            reasons.add(text(
                    "the lower bound of '%s', %.0f, is not above the upper bound of '%s', %.0f",
                    after, other.score().lower(), before, old.score().upper()));
        }
        if (margin > 0 && difference.lower() < margin) {
            reasons.add(text(
                    "'%s' is ahead by %.0f points, at least %.0f; the margin is %.0f",
                    after, difference.value(), difference.lower(), margin));
        }
        if (facts.before() - facts.after() > factsLoss + ROUNDING) {
            reasons.add(text(
                    "the evaluation's facts fell from %.3f to %.3f, by more than %.2f",
                    facts.before(), facts.after(), factsLoss));
        }
        return new Verdict(reasons, difference, old, other);
    }

    private static Standing standing(Leaderboard board, String model) {
        return board.standings().stream()
                .filter(one -> one.model().equals(model))
                .findFirst()
                .orElseThrow();
    }

    private static String text(String form, Object... values) {
        return String.format(Locale.ROOT, form, values);
    }
}
