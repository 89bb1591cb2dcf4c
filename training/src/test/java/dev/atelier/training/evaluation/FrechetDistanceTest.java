package dev.atelier.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.atelier.engine.tensor.DeviceThread;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class FrechetDistanceTest {
    private static final DeviceThread THREAD = new DeviceThread("test");

    @AfterAll
    static void close() {
        THREAD.close();
    }

    @Test
    void aCloudIsAtNoDistanceFromItself() {
        assertThat(distance(cross(1, 2, 0, 0, 0.3), cross(1, 2, 0, 0, 0.3))).isCloseTo(0, within(1e-6));
    }

    @Test
    void aShiftCountsAsTheSquareOfItsLength() {
        assertThat(distance(cross(1, 2, 0, 0, 0), cross(1, 2, 3, 4, 0))).isCloseTo(25, within(1e-5));
    }

    @Test
    void alongCommonAxesDeviationsAreComparedOneByOne() {
        // Deviations along the axes are a √(2/3) and b √(2/3): (1 - 3)² 2/3 + (2 - 5)² 2/3.
        assertThat(distance(cross(1, 2, 0, 0, 0), cross(3, 5, 0, 0, 0))).isCloseTo(26.0 / 3, within(1e-5));
    }

    @Test
    void covariancesThatDoNotCommuteAreComparedThroughTheirRoots() {
        // S1 = diag(1, 9) 2/3, S2 = S1 turned by 90°: 2 tr(S1) - 2 tr((S1^½ S2 S1^½)^½) = 2/3 (20 - 2 * 6).
        assertThat(distance(cross(1, 3, 0, 0, 0), cross(1, 3, 0, 0, Math.PI / 2)))
                .isCloseTo(16.0 / 3, within(1e-5));
        // By 45°: the root of a 2x2 matrix M has trace √(tr M + 2 √det M); tr(S1 S2) = 100/2 and det = 81, times
        // (2/3)².
        double root = 2.0 / 3 * Math.sqrt(50 + 2 * 9);
        assertThat(distance(cross(1, 3, 0, 0, 0), cross(1, 3, 0, 0, Math.PI / 4)))
                .isCloseTo(2 * 20.0 / 3 - 2 * root, within(1e-5));
    }

    @Test
    void onePointIsNoCloud() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> distance(List.of(new float[2]), cross(1, 1, 0, 0, 0)))
                .withMessageContaining("1 and 4");
    }

    private static double distance(List<float[]> a, List<float[]> b) {
        return THREAD.call(() -> FrechetDistance.between(a, b));
    }

    /** Four points with mean (x, y) and covariance diag(a², b²) 2/3, turned by {@code angle}. */
    private static List<float[]> cross(double a, double b, double x, double y, double angle) {
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        return List.of(
                point(x + a * cos, y + a * sin),
                point(x - a * cos, y - a * sin),
                point(x - b * sin, y + b * cos),
                point(x + b * sin, y - b * cos));
    }

    private static float[] point(double x, double y) {
        return new float[] {(float) x, (float) y};
    }
}
