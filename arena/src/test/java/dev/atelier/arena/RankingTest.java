package dev.atelier.arena;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RankingTest {
    private static final RankingRules EVERY_VOTE = new RankingRules("", 0.1, 1_000_000, 30, 5, false);

    @Test
    void agreesWithGradientAscentOnThePlainListOfVotes() {
        SimulatedArena arena =
                new SimulatedArena(1, 0, 0.5, 1, -0.4, 0.1).leftBonus(0.3).ties(0.2);
        IntStream.range(0, 20).forEach(v -> arena.vote("v" + v, 30));
        Ranking ranking = Ranking.of(arena.votes, List.of(), EVERY_VOTE);
        double[] expected = gradientAscent(arena, 0.1);
        for (int i = 0; i < 5; i++) {
            assertThat(ranking.difference(SimulatedArena.name(i), SimulatedArena.name(0))
                            .value())
                    .isCloseTo((expected[i] - expected[0]) * 400 / Math.log(10), within(1e-6));
        }
        assertThat(ranking.leaderboard().leftSide().value()).isCloseTo(expected[5] * 400 / Math.log(10), within(1e-6));
    }

    /** Abilities and the left side's bonus, by small steps along the gradient of the penalised likelihood. */
    private static double[] gradientAscent(SimulatedArena arena, double ridge) {
        List<String> names = arena.names();
        double[] theta = new double[names.size() + 1];
        for (int step = 0; step < 6000; step++) {
            double[] gradient = new double[theta.length];
            for (int i = 0; i < theta.length; i++) {
                gradient[i] = -ridge * theta[i];
            }
            for (Vote vote : arena.votes) {
                int left = names.indexOf(vote.left());
                int right = names.indexOf(vote.right());
                double rest = vote.outcome().share()
                        - SimulatedArena.logistic(theta[left] - theta[right] + theta[names.size()]);
                gradient[left] += rest;
                gradient[right] -= rest;
                gradient[names.size()] += rest;
            }
            for (int i = 0; i < theta.length; i++) {
                theta[i] += 0.006 * gradient[i];
            }
        }
        return theta;
    }

    /** With a ridge near nothing and no side, the fit is the fixpoint of Zermelo's iteration. */
    @Test
    void agreesWithTheMinorisationOfMeanWins() {
        int[][] wins = {{0, 12, 20}, {8, 0, 15}, {5, 9, 0}};
        SimulatedArena arena = new SimulatedArena(0, 0, 0, 0);
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                for (int k = 0; k < wins[i][j]; k++) {
                    // Each win once on either side, so that the side is worth nothing.
                    arena.add("v" + k, i, j, Outcome.LEFT);
                    arena.add("v" + k, j, i, Outcome.RIGHT);
                }
            }
        }
        double[] strength = {1, 1, 1};
        for (int step = 0; step < 5000; step++) {
            for (int i = 0; i < 3; i++) {
                double won = 0;
                double shared = 0;
                for (int j = 0; j < 3; j++) {
                    won += wins[i][j];
                    shared += j == i ? 0 : (wins[i][j] + wins[j][i]) / (strength[i] + strength[j]);
                }
                strength[i] = won / shared;
            }
        }
        Ranking ranking = Ranking.of(arena.votes, List.of(), new RankingRules("", 1e-7, 1_000_000, 1, 1, false));
        assertThat(ranking.difference("m000", "m002").value())
                .isCloseTo(400 * Math.log10(strength[0] / strength[2]), within(1e-4));
        assertThat(ranking.difference("m001", "m002").value())
                .isCloseTo(400 * Math.log10(strength[1] / strength[2]), within(1e-4));
    }

    @Test
    void scaleIsElosWithItsAnchor() {
        SimulatedArena arena = new SimulatedArena(0, 0, 0);
        for (int i = 0; i < 200; i++) {
            boolean first = i % 25 < 16;
            arena.add("v" + i % 10, i % 2, 1 - i % 2, first == (i % 2 == 0) ? Outcome.LEFT : Outcome.RIGHT);
        }
        Leaderboard board = Ranking.of(arena.votes, List.of(), RankingRules.DEFAULT.withAnchor("m001"))
                .leaderboard();
        assertThat(board.standings().getFirst().model()).isEqualTo("m000");
        assertThat(board.standings().getFirst().score().value()).isCloseTo(1100, within(2.0));
        assertThat(board.standings().getLast().score()).isEqualTo(new Interval(1000, 1000, 1000));
        assertThat(board.wins().get("m000")).isEqualTo(Map.of("m001", 128.0));
        assertThat(board.battles().get("m001")).isEqualTo(Map.of("m000", 200));
        assertThatThrownBy(() -> Ranking.of(arena.votes, List.of(), RankingRules.DEFAULT.withAnchor("no")))
                .hasMessage("anchor: 'no' is none of the contenders m000, m001");
    }

    @Test
    void plantedStrengthsOfAHundredModelsAreRecovered() {
        double[] abilities = IntStream.range(0, 100).mapToDouble(i -> i * 0.03).toArray();
        SimulatedArena arena = new SimulatedArena(3, abilities).ties(0.1).leftBonus(-0.2);
        IntStream.range(0, 400).forEach(v -> arena.vote("v" + v, 50));
        Leaderboard board =
                Ranking.of(arena.votes, List.of(), RankingRules.DEFAULT).leaderboard();
        double mean = 0.03 * 99 / 2;
        double worst = 0;
        int covered = 0;
        for (Standing one : board.standings()) {
            double truth = 1000
                    + Ranking.POINTS * (abilities[Integer.parseInt(one.model().substring(1))] - mean);
            worst = Math.max(worst, Math.abs(one.score().value() - truth));
            covered += one.score().lower() <= truth && truth <= one.score().upper() ? 1 : 0;
        }
        assertThat(worst).isLessThan(75);
        assertThat(covered).isBetween(89, 99);
        assertThat(board.leftSide().isClear()).isTrue();
        assertThat(board.leftSide().value()).isCloseTo(-0.2 * Ranking.POINTS, within(8.0));
        assertThat(board.suspicious()).isEmpty();
    }

    @Test
    void contendersThatCannotBeToldApartShareARank() {
        SimulatedArena arena = new SimulatedArena(4, 0, 0, 1.5, -1.5, 0);
        IntStream.range(0, 60).forEach(v -> arena.vote("v" + v, 20));
        Map<String, Integer> ranks =
                ranks(Ranking.of(arena.votes, List.of(), RankingRules.DEFAULT).leaderboard());
        assertThat(ranks).isEqualTo(Map.of("m002", 1, "m000", 2, "m001", 2, "m004", 2, "m003", 5));
    }

    @Test
    void tiesOnlyLeaveAllEqual() {
        SimulatedArena arena = new SimulatedArena(0, 0, 0, 0);
        for (int i = 0; i < 90; i++) {
            arena.add("v" + i % 9, i % 3, (i + 1) % 3, i % 2 == 0 ? Outcome.TIE : Outcome.BOTH_BAD);
        }
        Leaderboard board =
                Ranking.of(arena.votes, List.of(), RankingRules.DEFAULT).leaderboard();
        assertThat(board.standings()).allSatisfy(one -> {
            assertThat(one.rank()).isEqualTo(1);
            assertThat(one.score().value()).isCloseTo(1000, within(1e-6));
            assertThat(one.ties() + one.bothBad()).isEqualTo(60);
            assertThat(one.wins() + one.losses()).isZero();
            assertThat(one.provisional()).isEmpty();
        });
        assertThat(board.standings().stream().mapToInt(Standing::bothBad).sum()).isEqualTo(90);
    }

    @Test
    void whoNeverLostIsFiniteWideAndProvisional() {
        SimulatedArena arena = new SimulatedArena(5, 0, 0.2, 0);
        IntStream.range(0, 10).forEach(v -> arena.vote("v" + v, 20));
        for (int i = 0; i < 40; i++) {
            arena.votes.add(SimulatedArena.vote("x" + i, "v" + i % 10, "champion", "m000", Outcome.LEFT));
        }
        Leaderboard board =
                Ranking.of(arena.votes, List.of(), RankingRules.DEFAULT).leaderboard();
        Standing champion = board.standings().getFirst();
        assertThat(champion.model()).isEqualTo("champion");
        assertThat(champion.score().value()).isBetween(1300.0, 2200.0);
        assertThat(champion.score().upper() - champion.score().lower()).isGreaterThan(300);
        assertThat(champion.provisional()).containsExactly("no chain of wins and losses ties it to the others");
        assertThat(board.standings().get(1).provisional()).isEmpty();
    }

    @Test
    void oneSidedGraphsAndLonelyVotesHaveABoard() {
        assertThat(Ranking.of(List.of(), List.of("a", "b"), RankingRules.DEFAULT)
                        .leaderboard()
                        .standings())
                .hasSize(2)
                .allSatisfy(one -> {
                    assertThat(one.score().value()).isEqualTo(1000);
                    assertThat(one.rank()).isEqualTo(1);
                    assertThat(one.provisional()).hasSize(3);
                });
        List<Vote> chain = List.of(
                SimulatedArena.vote("1", "v", "a", "b", Outcome.LEFT),
                SimulatedArena.vote("2", "v", "b", "c", Outcome.LEFT),
                SimulatedArena.vote("3", "v", "d", "e", Outcome.RIGHT));
        List<Standing> standings =
                Ranking.of(chain, List.of(), RankingRules.DEFAULT).leaderboard().standings();
        Map<String, Double> scores = standings.stream()
                .collect(Collectors.toMap(Standing::model, one -> one.score().value()));
        assertThat(scores.get("a")).isGreaterThan(scores.get("b"));
        assertThat(scores.get("b")).isGreaterThan(scores.get("c"));
        assertThat(scores.get("e")).isGreaterThan(scores.get("d"));
        assertThat(standings).allSatisfy(one -> {
            assertThat(one.rank()).isEqualTo(1);
            assertThat(one.score().value()).isFinite();
        });
    }

    @Test
    void aCycleIsATie() {
        SimulatedArena arena = new SimulatedArena(0, 0, 0, 0);
        for (int i = 0; i < 120; i++) {
            int winner = i % 3;
            int loser = (winner + 1) % 3;
            arena.add(
                    "v" + i % 7,
                    i % 2 == 0 ? winner : loser,
                    i % 2 == 0 ? loser : winner,
                    i % 2 == 0 ? Outcome.LEFT : Outcome.RIGHT);
        }
        assertThat(ranks(
                        Ranking.of(arena.votes, List.of(), RankingRules.DEFAULT).leaderboard()))
                .isEqualTo(Map.of("m000", 1, "m001", 1, "m002", 1));
    }

    @Test
    void aVoterHasOneVoteInABattleAndRepeatsDoNotCount() {
        Vote first = SimulatedArena.vote("1", "v", "a", "b", Outcome.LEFT);
        Vote again = SimulatedArena.vote("1", "v", "a", "b", Outcome.RIGHT);
        Vote repeat = new Vote("2", "v", "b", "a", Outcome.LEFT, "", "", List.of(), "1", first.at());
        Leaderboard board = Ranking.of(List.of(first, again, repeat), List.of(), RankingRules.DEFAULT)
                .leaderboard();
        assertThat(board.votes()).isEqualTo(1);
        assertThat(board.doubled()).isEqualTo(1);
        assertThat(board.repeated()).isEqualTo(1);
        assertThat(board.standings().getFirst().model()).isEqualTo("a");
    }

    @Test
    void oneVoterHasIntervalsOfIndependentVotes() {
        SimulatedArena arena = new SimulatedArena(6, 0, 0.6);
        arena.vote("me", 400);
        Interval difference =
                Ranking.of(arena.votes, List.of(), RankingRules.DEFAULT).difference("m001", "m000");
        // 1.96 times 173.7 points over the root of 400 votes' information p(1-p), p near 0.65.
        double half = 1.96 * Ranking.POINTS / Math.sqrt(400 * 0.65 * 0.35);
        assertThat((difference.upper() - difference.lower()) / 2).isCloseTo(half, within(half * 0.06));
    }

    @Test
    void styleThatSwaysIsTakenOutOfTheControlledScore() {
        SimulatedArena arena = new SimulatedArena(7, 0, 0, 0);
        List<Vote> styled = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            int left = i % 3;
            int right = (left + 1) % 3;
            // The pictures of model 0 are mostly brighter, and voters love what is bright.
            double bright = arena.probability() - 0.5 + (left == 0 ? 0.5 : 0) - (right == 0 ? 0.5 : 0);
            boolean leftWins = arena.probability() < SimulatedArena.logistic(2 * bright);
            styled.add(new Vote(
                    "b" + i,
                    "v" + i % 60,
                    SimulatedArena.name(left),
                    SimulatedArena.name(right),
                    leftWins ? Outcome.LEFT : Outcome.RIGHT,
                    "",
                    "",
                    List.of(bright, 0.0, 0.0, 0.0, 0.0),
                    "",
                    null));
        }
        Leaderboard board = Ranking.of(styled, List.of(), RankingRules.DEFAULT).leaderboard();
        Standing bright = board.standings().getFirst();
        assertThat(bright.model()).isEqualTo("m000");
        assertThat(bright.rank()).isEqualTo(1);
        assertThat(bright.score().lower()).isGreaterThan(1060);
        assertThat(bright.controlled().lower()).isLessThan(1000);
        assertThat(bright.controlled().upper()).isGreaterThan(1000);
        assertThat(board.style().get("brightness").lower()).isGreaterThan(0);
        assertThat(board.style().get("saturation").isClear()).isFalse();
    }

    @Test
    void aMillionVotesAreRanked() {
        double[] abilities = IntStream.range(0, 100).mapToDouble(i -> i * 0.02).toArray();
        SimulatedArena arena = new SimulatedArena(8, abilities);
        IntStream.range(0, 20_000).forEach(v -> arena.vote("v" + v, 50));
        long start = System.nanoTime();
        Leaderboard board =
                Ranking.of(arena.votes, List.of(), RankingRules.DEFAULT).leaderboard();
        System.out.printf("1,000,000 votes ranked in %.2f s%n", (System.nanoTime() - start) / 1e9);
        assertThat(board.votes()).isEqualTo(1_000_000);
        Map<String, Double> scores = board.standings().stream()
                .collect(Collectors.toMap(Standing::model, one -> one.score().value()));
        ToDoubleFunction<Integer> truth = i -> 1000 + Ranking.POINTS * (abilities[i] - 0.99);
        for (int i = 0; i < 100; i++) {
            assertThat(scores.get(SimulatedArena.name(i))).isCloseTo(truth.applyAsDouble(i), within(12.0));
        }
    }

    static Map<String, Integer> ranks(Leaderboard board) {
        return board.standings().stream().collect(Collectors.toMap(Standing::model, Standing::rank));
    }
}
