package dev.atelier.arena;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Of 1,000 simulated arenas, 95 % intervals hold the truth in 93 to 97 %. */
class CoverageTest {
    private static final int ARENAS = 1000;

    @Test
    void ofFiveModels() {
        assertThat(coverage(0, 0, 40, 15)).isBetween(0.93, 0.97);
    }

    @Test
    void withTiesAndALeftSideThatHelps() {
        assertThat(coverage(0.3, 0.4, 40, 15)).isBetween(0.93, 0.97);
    }

    @Test
    void withVotersThatVoteMuchAndCount() {
        assertThat(coverage(0.1, 0, 12, 50)).isBetween(0.93, 0.97);
    }

    private static double coverage(double ties, double leftBonus, int voters, int votes) {
        double[] abilities = {-0.6, -0.2, 0, 0.3, 0.5};
        int held = 0;
        for (int seed = 0; seed < ARENAS; seed++) {
            SimulatedArena arena =
                    new SimulatedArena(seed, abilities).ties(ties).leftBonus(leftBonus);
            IntStream.range(0, voters).forEach(v -> arena.vote("v" + v, votes));
            Ranking ranking = Ranking.of(arena.votes, List.of(), RankingRules.DEFAULT);
            for (Standing one : ranking.leaderboard().standings()) {
                double truth = 1000
                        + Ranking.POINTS
                                * abilities[Integer.parseInt(one.model().substring(1))];
                held += one.score().lower() <= truth && truth <= one.score().upper() ? 1 : 0;
            }
        }
        double share = held / (double) (ARENAS * abilities.length);
        System.out.printf("coverage %.4f (ties %.1f, left %.1f, %d voters)%n", share, ties, leftBonus, voters);
        return share;
    }

    /** Voters have tastes of their own, so that their votes are alike: without clusters such intervals hold the truth in about half. */
    @Test
    void ofVotersWithTastes() {
        double mean = 0.6;
        double truth = Ranking.POINTS * Math.log(mean / (1 - mean));
        int held = 0;
        for (int seed = 0; seed < ARENAS; seed++) {
            SplittableRandom random = new SplittableRandom(seed + 77);
            SimulatedArena arena = new SimulatedArena(seed, 0, 0);
            for (int v = 0; v < 60; v++) {
                // 0.6 plus or minus 0.25: a taste of one's own, with that mean.
                double taste = mean + (random.nextBoolean() ? 0.25 : -0.25);
                for (int i = 0; i < 20; i++) {
                    boolean swapped = random.nextBoolean();
                    boolean firstWins = random.nextDouble() < taste;
                    arena.add(
                            "v" + v,
                            swapped ? 1 : 0,
                            swapped ? 0 : 1,
                            firstWins == swapped ? Outcome.RIGHT : Outcome.LEFT);
                }
            }
            Interval difference = Ranking.of(arena.votes, List.of(), new RankingRules("", 0.1, 50, 30, 5, false))
                    .difference("m000", "m001");
            held += difference.lower() <= truth && truth <= difference.upper() ? 1 : 0;
        }
        System.out.printf("coverage %.4f (voters with tastes)%n", held / (double) ARENAS);
        assertThat(held / (double) ARENAS).isBetween(0.93, 0.97);
    }
}
