package dev.atelier.training.pretraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class BatchLossTest {
    @Test
    void lossesAreMeansOverAllAndOverTheExamplesOfEachQuarterOfNoiseLevels() {
        BatchLoss loss = BatchLoss.of(new float[] {1, 2, 4, 8}, new float[] {0.1f, 0.2f, 0.6f, 1f});

        assertThat(loss.mean()).isCloseTo(3.75, within(1e-9));
        assertThat(loss.byNoise()).containsExactly(1.5, null, 4.0, 8.0);
    }

    @Test
    void aLossThatIsNoNumberIsNotLoggedByNoiseLevel() {
        BatchLoss loss = BatchLoss.of(new float[] {Float.NaN, 2}, new float[] {0.1f, 0.3f});

        assertThat(loss.mean()).isNaN();
        assertThat(loss.byNoise()).containsExactly(null, 2.0, null, null);
    }
}
