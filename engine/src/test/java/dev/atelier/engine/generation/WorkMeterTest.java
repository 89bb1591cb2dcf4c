package dev.atelier.engine.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.atelier.engine.pipeline.GenerationListener.WorkProgress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkMeterTest {
    private long nanos;

    @Test
    void theShareOfTimeAndTheTimeLeftAreTrueOnceSpeedsAreKnown() {
        WorkSpeeds speeds = new WorkSpeeds();
        run(speeds, 0.01);

        List<WorkProgress> heard = run(speeds, 0.01);

        // One second of text, 20 steps of 0.5 s, 40 windows of 0.25 s, 4 tiles of 1 s: 25 s in all.
        assertThat(heard.getFirst().fraction()).isCloseTo(1 / 25.0, within(1e-6));
        assertThat(heard.getFirst().secondsLeft()).isCloseTo(24, within(1e-6));
        assertThat(heard.get(20).fraction()).isCloseTo(11 / 25.0, within(1e-6));
        assertThat(heard.get(20).secondsLeft()).isCloseTo(14, within(1e-6));
        assertThat(heard.get(60).secondsLeft()).isCloseTo(4, within(1e-6));
    }

    @Test
    void whatWasSaidIsNeverTakenBackWhenTheMachineSlowsDown() {
        WorkSpeeds speeds = new WorkSpeeds();
        run(speeds, 0.01);

        List<WorkProgress> heard = run(speeds, 0.05);

        assertThat(heard).extracting(WorkProgress::fraction).isSorted();
        assertThat(heard.getLast()).isEqualTo(new WorkProgress(1, 0));
        assertThat(heard.get(heard.size() - 2).fraction()).isLessThan(1);
    }

    @Test
    void theTimeLeftIsUnknownUntilAStepWasMeasured() {
        List<WorkProgress> heard = run(new WorkSpeeds(), 0.01);

        assertThat(heard.get(0).secondsLeft()).isEqualTo(WorkProgress.UNKNOWN);
        assertThat(heard.get(1).secondsLeft()).isPositive();
        assertThat(heard).extracting(WorkProgress::fraction).isSorted();
        assertThat(heard.getLast().fraction()).isEqualTo(1);
    }

    @Test
    void workThatWasNotExpectedCountsNothing() {
        WorkMeter meter = new WorkMeter(new WorkSpeeds(), () -> nanos);
        meter.expect(Work.STEP, 2, 10);

        nanos += 1_000_000_000L;
        assertThat(meter.done(Work.TEXT).fraction()).isZero();
        nanos += 1_000_000_000L;
        assertThat(meter.done(Work.STEP)).isEqualTo(new WorkProgress(0.5, 1));
    }

    /** @param perOperation seconds of one operation of a step or window */
    private List<WorkProgress> run(WorkSpeeds speeds, double perOperation) {
        WorkMeter meter = new WorkMeter(speeds, () -> nanos);
        meter.expect(Work.TEXT, 1, 10);
        meter.expect(Work.STEP, 20, 50);
        meter.expect(Work.STEP, 40, 25);
        meter.expect(Work.DECODE, 4, 7);
        List<WorkProgress> heard = new ArrayList<>();
        pass(1);
        heard.add(meter.done(Work.TEXT));
        for (int i = 0; i < 60; i++) {
            pass(perOperation * (i < 20 ? 50 : 25));
            heard.add(meter.done(Work.STEP));
        }
        for (int i = 0; i < 4; i++) {
            pass(1);
            heard.add(meter.done(Work.DECODE));
        }
        heard.add(meter.finish());
        return heard;
    }

    private void pass(double seconds) {
        nanos += Math.round(seconds * 1e9);
    }
}
