package dev.atelier.arena;

import java.util.List;
import java.util.Map;

/**
 * What votes say of contenders.
 *
 * @param standings best first
 * @param votes that counted
 * @param voters who cast them
 * @param repeated votes that only show how consistent their voters are
 * @param doubled votes left out because their voter had voted in that battle before
 * @param leftSide points of Elo's scale that the left side is worth; positions matter where the interval is clear of 0
 * @param style points that a usual difference in each value of style is worth; empty where none was measured
 * @param wins for each contender, by opponent: battles won, a tie counting one half
 * @param battles for each contender, by opponent: how many there were
 * @param suspicious voters whose votes were left out
 */
public record Leaderboard(
        List<Standing> standings,
        int votes,
        int voters,
        int repeated,
        int doubled,
        Interval leftSide,
        Map<String, Interval> style,
        Map<String, Map<String, Double>> wins,
        Map<String, Map<String, Integer>> battles,
        List<SuspiciousVoter> suspicious) {
    public Leaderboard {
        standings = List.copyOf(standings);
        suspicious = List.copyOf(suspicious);
    }
}
