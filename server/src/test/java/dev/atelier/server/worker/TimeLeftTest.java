package dev.atelier.server.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.engine.pipeline.GenerationListener.WorkProgress;
import org.junit.jupiter.api.Test;

class TimeLeftTest {
    private final TimeLeft left = new TimeLeft();

    @Test
    void theLastCallSaysItItself() {
        assertThat(left.of(new WorkProgress(0.5, 3), 4, 0)).isEqualTo(3);
    }

    @Test
    void furtherCallsTakeAsLongForEachPicture() {
        // Half of a call of four takes 3 s, so a call takes 6 s, and eleven more pictures 16.5 s.
        assertThat(left.of(new WorkProgress(0.5, 3), 4, 11)).isEqualTo(19.5);
        assertThat(left.of(new WorkProgress(0.99, 0), 4, 11)).isEqualTo(16.5);
    }

    @Test
    void nothingIsKnownBeforeTheFirstMeasure() {
        assertThat(left.of(new WorkProgress(0, WorkProgress.UNKNOWN), 4, 11)).isNegative();
        assertThat(left.of(new WorkProgress(0.95, 0.1), 4, 11)).isNegative();
    }
}
