package dev.atelier.arena;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever does not look at the pictures moves nobody by more than one rank. */
class FraudTest {
    private static final double[] ABILITIES = {0, 0.35, 0.7, 1.05, 1.4, 1.75};

    private static SimulatedArena honest(long seed) {
        SimulatedArena arena = new SimulatedArena(seed, ABILITIES).ties(0.1);
        IntStream.range(0, 35).forEach(v -> arena.vote("v" + v, 40));
        return arena;
    }

    private static Leaderboard board(SimulatedArena arena) {
        return Ranking.of(arena.votes, List.of(), RankingRules.DEFAULT).leaderboard();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void oneVoterWithThirtyPercentOfTheVotesAlwaysOnTheLeft(long seed) {
        Map<String, Integer> before = RankingTest.ranks(board(honest(seed)));
        Leaderboard after = board(honest(seed).voteLeft("stuck", 600));
        assertThat(after.suspicious()).extracting(SuspiciousVoter::voter).containsExactly("stuck");
        assertThat(after.suspicious().getFirst().why()).startsWith("the left side won +");
        assertThat(after.suspicious().getFirst().votes()).isEqualTo(600);
        moved(before, after);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aBotThatVotesForOneModel(long seed) {
        Map<String, Integer> before = RankingTest.ranks(board(honest(seed)));
        Leaderboard after = board(honest(seed).voteFor("bot", 0, 600));
        assertThat(after.suspicious()).extracting(SuspiciousVoter::voter).containsExactly("bot");
        assertThat(after.suspicious().getFirst().why()).startsWith("'m000' won +");
        moved(before, after);
    }

    /** Too few votes for a test: their weight alone keeps the harm small. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aBotThatStopsBeforeItShows(long seed) {
        Map<String, Integer> before = RankingTest.ranks(board(honest(seed)));
        moved(before, board(honest(seed).voteFor("bot", 0, 50)));
    }

    @Test
    void votersOfAClearBattleAreNotSuspicious() {
        SimulatedArena arena = new SimulatedArena(9, 0, 3);
        IntStream.range(0, 30).forEach(v -> arena.vote("v" + v, 60));
        assertThat(board(arena).suspicious()).isEmpty();
    }

    @Test
    void thousandsOfHonestVotersAreLeftAlone() {
        SimulatedArena arena = new SimulatedArena(10, ABILITIES);
        IntStream.range(0, 2000).forEach(v -> arena.vote("v" + v, 60));
        assertThat(board(arena).suspicious()).isEmpty();
    }

    private static void moved(Map<String, Integer> before, Leaderboard after) {
        RankingTest.ranks(after)
                .forEach((model, rank) -> assertThat(Math.abs(rank - before.get(model)))
                        .as(model + " was " + before.get(model) + " and is " + rank)
                        .isLessThanOrEqualTo(1));
    }
}
