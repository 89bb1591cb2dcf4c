package dev.atelier.engine.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Expected levels were worked out with numpy from the formulas of {@code FlowMatchEulerDiscreteScheduler} and {@code compute_empirical_mu}. */
class FlowMatchScheduleTest {
    private static final SchedulerConfig EXPONENTIAL = new SchedulerConfig(true, 3, true, false);
    private static final SchedulerConfig LINEAR = new SchedulerConfig(true, 3, false, false);

    @ParameterizedTest
    @CsvSource({
        "1024, 4, 2.0306897079499455",
        "4096, 4, 2.291179894115571",
        "4096, 50, 2.0233511571292637",
        "4300, 8, 2.2855403070602103",
        "4301, 8, 1.18469693",
        "16384, 28, 3.22998634",
        "64, 1, 1.971966931682981"
    })
    void muFollowsTokensAndSteps(long tokens, int steps, double mu) {
        assertThat(FlowMatchSchedule.empiricalMu(tokens, steps)).isEqualTo(mu, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1024  | 1.0 0.958085371628187 0.8839818317017591 0.7174965587003479 0",
                "4096  | 1.0 0.9673839882381499 0.9081439225213331 0.7671999638747197 0"
            })
    void fourStepsOfTheExponentialShift(long tokens, String levels) {
        assertLevels(FlowMatchSchedule.of(EXPONENTIAL, 4, tokens), levels);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1024 | 1.0 0.8589974262042779 0.6700421038231487 0.4036602982570895 0",
                "4096 | 1.0 0.8729923210722995 0.6961575993497229 0.4330187103756648 0"
            })
    void fourStepsOfTheLinearShift(long tokens, String levels) {
        assertLevels(FlowMatchSchedule.of(LINEAR, 4, tokens), levels);
    }

    /** 3 · 0.75 / (1 + 2 · 0.75) = 0.9, and so on. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3   | 4 | 1 0.9 0.75 0.5 0",
                "1   | 5 | 1 0.8 0.6 0.4 0.2 0",
                "0.5 | 2 | 1 0.3333333333333333 0",
                "2   | 8 | 1 0.9333333333333333 0.8571428571428571 0.7692307692307693 0.6666666666666666"
                        + " 0.5454545454545454 0.4 0.2222222222222222 0",
                "2   | 1 | 1 0"
            })
    void theStaticShiftLooksAtNoTokens(double shift, int steps, String levels) {
        SchedulerConfig config = new SchedulerConfig(false, shift, true, false);

        assertLevels(FlowMatchSchedule.of(config, steps, 16), levels);
        assertLevels(FlowMatchSchedule.of(config, steps, 4096), levels);
    }

    @Test
    void givenLevelsAreShiftedToo() {
        SchedulerConfig config = new SchedulerConfig(false, 3, true, false);

        assertLevels(FlowMatchSchedule.of(config, List.of(0.75, 0.25), 64), "0.9 0.5 0");
    }

    /** Of 8 steps at strength 0.5 the last 4 remain, evenly from 0.5 down, then shifted: 2 · 0.5 / 1.5 = 2/3. */
    @Test
    void aStrengthStartsLower() {
        SchedulerConfig config = new SchedulerConfig(false, 2, true, false);

        assertLevels(FlowMatchSchedule.of(config, 8, 0.5, 64), "0.6666666666 0.5454545454 0.4 0.2222222222 0");
        assertLevels(FlowMatchSchedule.of(config, 8, 0.01, 64), "0.0198019801 0");
        assertLevels(FlowMatchSchedule.of(config, 2, 1.0, 64), "1 0.6666666666 0");
        assertLevels(FlowMatchSchedule.of(config, 8, 0.0, 64), "0");
    }

    @Test
    void stepsFromALevelAreEven() {
        assertLevels(FlowMatchSchedule.from(0.6, 3), "0.6 0.4 0.2 0");
    }

    @Test
    void levelsFallStrictlyWhateverTheSteps() {
        for (int steps = 1; steps <= 200; steps++) {
            List<Double> sigmas = FlowMatchSchedule.of(EXPONENTIAL, steps, 4096).sigmas();
            assertThat(sigmas).hasSize(steps + 1);
            assertThat(sigmas.getFirst()).isEqualTo(1);
            assertThat(sigmas.getLast()).isZero();
            for (int i = 0; i < steps; i++) {
                assertThat(sigmas.get(i)).isGreaterThan(sigmas.get(i + 1));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.5 0.5", "0.5 0.6", "1.1 0.5", "0.5 0", "0.5 -0.1", "NaN 0.5"})
    void levelsThatDoNotFallAreRefusedWithTheirBound(String levels) {
        List<Double> given = numbers(levels);

        assertThatThrownBy(() -> FlowMatchSchedule.of(EXPONENTIAL, given, 64))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("sigmas", given.toString(), "(0, 1]");
    }

    /** Levels are those of the formula, rounded to float32 as the reference has them. */
    private static void assertLevels(FlowMatchSchedule schedule, String expected) {
        List<Double> levels = numbers(expected);
        assertThat(schedule.steps()).isEqualTo(levels.size() - 1);
        for (int i = 0; i < levels.size(); i++) {
            assertThat(schedule.sigmas().get(i)).isEqualTo(levels.get(i), within(6e-8));
        }
    }

    private static List<Double> numbers(String text) {
        return Arrays.stream(text.split(" ")).map(Double::valueOf).toList();
    }
}
