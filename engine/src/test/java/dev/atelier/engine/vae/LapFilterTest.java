package dev.atelier.engine.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.atelier.engine.tensor.Device;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import org.assertj.core.data.Offset;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LapFilterTest {
    private static final Offset<Float> ROUNDING = within(2e-6f);

    /** Worked out with numpy from the formula of Tran, Liang and Tu. */
    @Test
    void theFilterOfFourPoints() {
        assertThat(LapFilter.matrix(2))
                .containsExactly(
                        new float[] {
                            0.96193977f,
                            -0.19134172f,
                            0.19134172f,
                            0.03806023f,
                            0.19134172f,
                            0.96193977f,
                            0.03806023f,
                            -0.19134172f,
                            -0.19134172f,
                            0.03806023f,
                            0.96193977f,
                            0.19134172f,
                            0.03806023f,
                            0.19134172f,
                            -0.19134172f,
                            0.96193977f
                        },
                        within(1e-6f));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 16})
    void theFilterIsOrthogonalAndKeepsConstants(int m) {
        float[] p = LapFilter.matrix(m);
        int side = 2 * m;
        for (int i = 0; i < side; i++) {
            double sum = 0;
            for (int j = 0; j < side; j++) {
                sum += p[i * side + j];
                double product = 0;
                for (int k = 0; k < side; k++) {
                    product += p[i * side + k] * p[j * side + k];
                }
                assertThat(product).isEqualTo(i == j ? 1 : 0, within(1e-6));
            }
            assertThat(sum).isEqualTo(1, within(1e-6));
        }
    }

    @ParameterizedTest
    @CsvSource({"4, 4, 4", "4, 8, 12", "8, 8, 40", "2, 6, 2"})
    void invertUndoesApply(int block, int height, int width) {
        try (LapFilter filter = new LapFilter(block, Device.CPU)) {
            Scopes.run(() -> {
                Tensor x = Samples.random(block, 2, 3, height, width);

                assertThat(Tensors.toFloats(filter.invert(filter.apply(x))))
                        .containsExactly(Tensors.toFloats(x), ROUNDING);
            });
        }
    }

    /** Of each side the outer half block has no edge to lap over. */
    @Test
    void cornersStayAsTheyAre() {
        try (LapFilter filter = new LapFilter(4, Device.CPU)) {
            Scopes.run(() -> {
                Tensor x = Samples.random(1, 1, 3, 12, 8);
                Tensor corner = filter.apply(x).narrow(2, 10, 2).narrow(3, 0, 2);

                assertThat(Tensors.toFloats(corner))
                        .containsExactly(Tensors.toFloats(x.narrow(2, 10, 2).narrow(3, 0, 2)), ROUNDING);
            });
        }
    }

    /** One row: the filter times the four pixels around the only inner edge. */
    @Test
    void theMiddleOfARowIsFiltered() {
        try (LapFilter filter = new LapFilter(4, Device.CPU)) {
            Scopes.run(() -> {
                float[] row = {9, 9, 1, 2, 4, 8, 9, 9};
                float[] x = new float[4 * 8];
                for (int i = 0; i < 4; i++) {
                    System.arraycopy(row, 0, x, 8 * i, 8);
                }
                float[] filtered = Tensors.toFloats(filter.apply(Tensors.of(x, 1, 1, 4, 8)));

                float[] p = LapFilter.matrix(2);
                for (int i = 0; i < 4; i++) {
                    float expected = p[4 * i] + 2 * p[4 * i + 1] + 4 * p[4 * i + 2] + 8 * p[4 * i + 3];
                    assertThat(filtered[2 + i]).isEqualTo(expected, within(1e-5f));
                }
            });
        }
    }
}
