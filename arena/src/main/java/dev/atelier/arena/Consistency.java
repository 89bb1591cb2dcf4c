package dev.atelier.arena;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How often a voter says the same of two pictures that come again with their sides changed.
 *
 * @param repeats battles that were shown twice
 * @param agreed of those, the ones with the same winner, or twice none
 */
public record Consistency(int repeats, int agreed) {
    /** By voter; only those who have seen a battle twice. */
    public static Map<String, Consistency> of(List<Vote> votes) {
        record Cast(String voter, String battle) {}
        Map<Cast, Vote> first = new HashMap<>();
        for (Vote vote : votes) {
            if (!vote.isRepeat()) {
                first.putIfAbsent(new Cast(vote.voter(), vote.battle()), vote);
            }
        }
        Map<String, Consistency> byVoter = new TreeMap<>();
        for (Vote again : votes) {
            Vote before = again.isRepeat() ? first.get(new Cast(again.voter(), again.repeats())) : null;
            if (before != null) {
                int same = before.winner().equals(again.winner()) ? 1 : 0;
                byVoter.merge(again.voter(), new Consistency(1, same), Consistency::plus);
            }
        }
        return byVoter;
    }

    /** 0 to 1. */
    public double share() {
        return repeats == 0 ? 0 : (double) agreed / repeats;
    }

    private Consistency plus(Consistency other) {
        return new Consistency(repeats + other.repeats, agreed + other.agreed);
    }
}
