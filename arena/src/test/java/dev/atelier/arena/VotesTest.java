package dev.atelier.arena;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VotesTest {
    @Test
    void outcomesAreReadAsTheyAreWritten() {
        for (Outcome one : Outcome.values()) {
            assertThat(Outcome.parse(one.label())).isEqualTo(one);
        }
        assertThatThrownBy(() -> Outcome.parse("Left"))
                .hasMessage("choice: 'Left' is none of left, right, tie, both_bad");
    }

    @Test
    void badVotesAreRefusedByName() {
        assertThatThrownBy(() -> SimulatedArena.vote("7", "v", "a", "a", Outcome.TIE))
                .hasMessage("battle 7: 'a' stands on both sides");
        assertThatThrownBy(() -> SimulatedArena.vote("7", " ", "a", "b", Outcome.TIE))
                .hasMessage("vote: voter is missing");
        assertThatThrownBy(() -> SimulatedArena.vote("7", "v", "a", "b", null)).hasMessage("battle 7: no choice");
        assertThatThrownBy(() -> new Vote("7", "v", "a", "b", Outcome.TIE, "", "", List.of(1.0), "", null))
                .hasMessage("battle 7: style has 1 values, not 5");
        assertThatThrownBy(() -> new RankingRules("", 0, 1, 1, 1, true))
                .hasMessage("ridge: 0.0 is not above 0 and at most 100");
    }

    @Test
    void consistencyFollowsThePictureNotTheSide() {
        List<Vote> votes = List.of(
                SimulatedArena.vote("1", "ann", "a", "b", Outcome.LEFT),
                repeat("2", "ann", Outcome.RIGHT, "1"),
                SimulatedArena.vote("3", "ann", "a", "b", Outcome.TIE),
                repeat("4", "ann", Outcome.BOTH_BAD, "3"),
                SimulatedArena.vote("5", "bob", "a", "b", Outcome.LEFT),
                repeat("6", "bob", Outcome.LEFT, "5"),
                repeat("7", "bob", Outcome.LEFT, "unknown"));
        assertThat(Consistency.of(votes)).isEqualTo(Map.of("ann", new Consistency(2, 2), "bob", new Consistency(1, 0)));
        assertThat(new Consistency(4, 3).share()).isEqualTo(0.75);
    }

    private static Vote repeat(String battle, String voter, Outcome outcome, String of) {
        return new Vote(battle, voter, "b", "a", outcome, "", "", List.of(), of, null);
    }

    @Test
    void newContendersMeetOthersFirst() {
        SimulatedArena arena = new SimulatedArena(1, 0, 0.2, 0.4);
        IntStream.range(0, 30).forEach(v -> arena.vote("v" + v, 40));
        Ranking ranking = Ranking.of(arena.votes, List.of("new"), RankingRules.DEFAULT);
        PairSelection selection = new PairSelection(ranking, ranking.models());
        assertThat(selection.chance("m000", "m001")).isBetween(0.016, 0.03);
        assertThat(selection.chance("new", "m001")).isGreaterThan(0.25);
        double sum = 0;
        for (int i = 0; i < 4; i++) {
            for (int j = i + 1; j < 4; j++) {
                sum += selection.chance(
                        ranking.models().get(i), ranking.models().get(j));
            }
        }
        assertThat(sum).isCloseTo(1, within(1e-9));
        SplittableRandom random = new SplittableRandom(2);
        int fresh = 0;
        for (int i = 0; i < 1000; i++) {
            fresh += selection.next(random).second().equals("new") ? 1 : 0;
        }
        assertThat(fresh).isBetween(900, 980);
        assertThatThrownBy(() -> new PairSelection(ranking, List.of("new")))
                .hasMessage("a battle needs two contenders, there are 1");
    }

    /** The gain is what a fit with the vote more would show. */
    @Test
    void informationIsTheFallOfTheVariances() {
        SimulatedArena arena = new SimulatedArena(1, 0, 0, 0);
        for (int i = 0; i < 60; i++) {
            arena.add("v", i % 3, (i + 1) % 3, Outcome.TIE);
            arena.add("v", (i + 1) % 3, i % 3, Outcome.TIE);
        }
        Ranking before = Ranking.of(arena.votes, List.of(), RankingRules.DEFAULT);
        // All are equal and each pair has 40 votes, of an information of 1/4 each; the side is worth nothing.
        double[][] scaled = {{20.1, -10, -10}, {-10, 20.1, -10}, {-10, -10, 20.1}};
        double sum = trace(scaled);
        scaled[0][0] += 0.25;
        scaled[1][1] += 0.25;
        scaled[0][1] -= 0.25;
        scaled[1][0] -= 0.25;
        assertThat(before.information("m000", "m001")).isCloseTo(sum - trace(scaled), within(1e-9));
    }

    private static double trace(double[][] matrix) {
        Cholesky factor = new Cholesky(matrix);
        double trace = 0;
        for (int i = 0; i < matrix.length; i++) {
            double[] unit = new double[matrix.length];
            unit[i] = 1;
            trace += factor.solve(unit)[i];
        }
        return trace;
    }

    @Test
    void choleskySolvesAndRefuses() {
        double[] x = new Cholesky(new double[][] {{4, 2, 0}, {2, 5, 1}, {0, 1, 3}}).solve(new double[] {8, 15, 11});
        assertThat(x).containsExactly(new double[] {1, 2, 3}, within(1e-12));
        assertThatThrownBy(() -> new Cholesky(new double[][] {{1, 2}, {2, 1}})).hasMessageContaining("row 1");
    }

    @Test
    void styleIsMeasured() {
        int[] grey = new int[16];
        Arrays.fill(grey, 0x808080);
        PictureStyle plain = PictureStyle.of(grey, 4, 4);
        assertThat(plain.brightness()).isCloseTo(128 / 255.0, within(1e-9));
        assertThat(plain.saturation()).isZero();
        assertThat(plain.sharpness()).isCloseTo(Math.log(1e-6), within(1e-3));
        assertThat(plain.colourfulness()).isCloseTo(0, within(1e-6));
        int[] red = new int[8];
        Arrays.fill(red, 0xFFFF0000);
        PictureStyle vivid = PictureStyle.of(red, 4, 2);
        assertThat(vivid.saturation()).isEqualTo(1);
        assertThat(vivid.brightness()).isCloseTo(0.299, within(1e-9));
        // Means 1 and 1/2 of the two opponent channels, no spread.
        assertThat(vivid.colourfulness()).isCloseTo(0.3 * Math.hypot(1, 0.5), within(1e-9));
        assertThat(vivid.minus(plain)).hasSize(PictureStyle.NAMES.size());
        assertThat(vivid.minus(plain).getLast()).isCloseTo(Math.log(2), within(1e-9));
        assertThatThrownBy(() -> PictureStyle.of(red, 3, 3)).hasMessage("8 pixels are not 3 times 3");
    }

    @Test
    void theGateNeedsVotesALeadAndFacts() {
        SimulatedArena arena = new SimulatedArena(3, 0, 0.9);
        IntStream.range(0, 10).forEach(v -> arena.vote("v" + v, 40));
        Ranking ranking = Ranking.of(arena.votes, List.of(), RankingRules.DEFAULT);
        PromotionGate gate = PromotionGate.DEFAULT;
        assertThat(gate.judge(ranking, "m000", "m001", new PromotionGate.Facts(0.81, 0.78))
                        .passed())
                .isTrue();
        assertThat(gate.judge(ranking, "m000", "m001", new PromotionGate.Facts(0.81, 0.779))
                        .reasons())
                .containsExactly("the evaluation's facts fell from 0.810 to 0.779, by more than 0.03");
        assertThat(gate.judge(ranking, "m001", "m000", new PromotionGate.Facts(0.8, 0.8))
                        .reasons())
                .singleElement()
                .asString()
                .startsWith("the lower bound of 'm000', ")
                .contains("is not above the upper bound of 'm001'");
        assertThat(new PromotionGate(300, 0.03)
                        .judge(ranking, "m000", "m001", new PromotionGate.Facts(0.8, 0.8))
                        .reasons())
                .singleElement()
                .asString()
                .contains("the margin is 300");
    }

    @Test
    void theGateStaysShutForChance() {
        int passed = 0;
        List<String> why = new ArrayList<>();
        for (int seed = 0; seed < 200; seed++) {
            SimulatedArena arena = new SimulatedArena(seed, 0, 0);
            IntStream.range(0, 10).forEach(v -> arena.vote("v" + v, 40));
            PromotionGate.Verdict verdict = PromotionGate.DEFAULT.judge(
                    Ranking.of(arena.votes, List.of(), RankingRules.DEFAULT),
                    "m000",
                    "m001",
                    new PromotionGate.Facts(0.8, 0.8));
            passed += verdict.passed() ? 1 : 0;
            why.addAll(verdict.reasons());
        }
        // One side of a 95 % interval.
        assertThat(passed).isLessThan(12);
        assertThat(why).isNotEmpty();
    }

    @Test
    void fewVotesAreProvisionalAtTheGate() {
        SimulatedArena arena = new SimulatedArena(3, 0, 3);
        arena.vote("me", 20);
        assertThat(PromotionGate.DEFAULT
                        .judge(
                                Ranking.of(arena.votes, List.of(), RankingRules.DEFAULT),
                                "m000",
                                "m001",
                                new PromotionGate.Facts(0.8, 0.8))
                        .reasons())
                .contains(
                        "'m001' is provisional: 20 votes, fewer than 30",
                        "'m000' is provisional: 1 voters, fewer than 5");
    }
}
