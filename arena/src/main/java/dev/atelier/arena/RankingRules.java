package dev.atelier.arena;

/**
 * How votes become a ranking.
 *
 * @param anchor contender whose score is 1000; empty: the mean of all is
 * @param ridge penalty on squared parameters, above 0: keeps those finite who never lost
 * @param voterCap votes of one voter that count fully; more share that weight
 * @param minVotes a contender with fewer is provisional
 * @param minVoters likewise
 * @param dropSuspicious whether votes of {@link SuspiciousVoter}s are left out of the fit
 */
public record RankingRules(
        String anchor, double ridge, int voterCap, int minVotes, int minVoters, boolean dropSuspicious) {
    public static final RankingRules DEFAULT = new RankingRules("", 0.1, 50, 30, 5, true);

    public RankingRules {
        anchor = anchor == null ? "" : anchor;
        if (!(ridge > 0 && ridge <= 100)) {
            throw new IllegalArgumentException("ridge: " + ridge + " is not above 0 and at most 100");
        }
        atLeastOne("voter cap", voterCap);
        atLeastOne("least votes", minVotes);
        atLeastOne("least voters", minVoters);
    }

    public RankingRules withAnchor(String model) {
        return new RankingRules(model, ridge, voterCap, minVotes, minVoters, dropSuspicious);
    }

    public RankingRules withMinVoters(int voters) {
        return new RankingRules(anchor, ridge, voterCap, minVotes, voters, dropSuspicious);
    }

    private static void atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + ": " + value + " is below 1");
        }
    }
}
