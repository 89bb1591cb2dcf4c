package dev.atelier.engine.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class RelayPathTest {
    private static final RelayPath PATH = new RelayPath(0.6);
    private static final float[] SHARP = {1, -2, 0.5f, 3};
    private static final float[] COARSE = {0.8f, -1, 0, 2};
    private static final float[] NOISE = {0.3f, 1.2f, -0.7f, -1.5f};

    @Test
    void theStateHoldsWhatTheFormulaSays() {
        Scopes.run(() -> {
            float[] state = Tensors.toFloats(PATH.state(
                    Tensors.of(SHARP, 2, 2),
                    Tensors.of(COARSE, 2, 2),
                    Tensors.of(NOISE, 2, 2),
                    Tensors.of(new float[] {0.3f, 0.6f}, 2)));

            // First row: t = 0.3, half way: 0.7 (x + u) / 2 + 0.3 n. Second: t = 0.6: 0.4 u + 0.6 n.
            double[] expected = {0.7 * 0.9 + 0.3 * 0.3, 0.7 * -1.5 + 0.3 * 1.2, 0.6 * -0.7, 0.4 * 2 + 0.6 * -1.5};
            for (int i = 0; i < expected.length; i++) {
                assertThat((double) state[i]).isCloseTo(expected[i], within(1e-6));
            }
        });
    }

    @Test
    void stepsWithTheTruthStayOnThePathAndEndAtIt() {
        Scopes.run(() -> {
            Tensor x = Tensors.of(SHARP, 1, 4);
            Tensor u = Tensors.of(COARSE, 1, 4);
            Tensor n = Tensors.of(NOISE, 1, 4);
            Tensor state = PATH.state(x, u, n, Tensors.of(new float[] {0.6f}, 1));
            List<Double> levels = List.of(0.6, 0.45, 0.2, 0.0);

            for (int i = 0; i + 1 < levels.size(); i++) {
                state = PATH.step(state, x, u, levels.get(i), levels.get(i + 1));
                Tensor expected = PATH.state(
                        x, u, n, Tensors.of(new float[] {levels.get(i + 1).floatValue()}, 1));
                assertThat(state.sub(expected).abs().max().item_double()).isLessThan(1e-5);
            }

            assertThat(Tensors.toFloats(state)).containsExactly(SHARP);
        });
    }

    @Test
    void aPathBeginsBetweenTruthAndPureNoise() {
        assertThatThrownBy(() -> new RelayPath(1)).hasMessage("start: 1.0 is not between 0 and 1");
        assertThatThrownBy(() -> new RelayPath(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
