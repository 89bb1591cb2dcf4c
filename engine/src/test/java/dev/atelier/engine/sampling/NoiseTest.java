package dev.atelier.engine.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import java.util.Arrays;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoiseTest {
    /** Mean, variance, skew and excess of a standard normal, each within four of its own deviations for so many numbers. */
    @Test
    void isStandardNormal() {
        float[] x = noise(3, 64, 64, 64);

        double deviation = 1 / Math.sqrt(x.length);
        assertThat(moment(x, 1)).isEqualTo(0, within(4 * deviation));
        assertThat(moment(x, 2)).isEqualTo(1, within(4 * Math.sqrt(2) * deviation));
        assertThat(moment(x, 3)).isEqualTo(0, within(4 * Math.sqrt(15) * deviation));
        assertThat(moment(x, 4)).isEqualTo(3, within(4 * Math.sqrt(96) * deviation));
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "7, 8", "0, -1", "4294967296, 0"})
    void seedsHaveNothingInCommon(long a, long b) {
        float[] x = noise(a, 64, 16, 16);
        float[] y = noise(b, 64, 16, 16);

        assertThat(correlation(x, y, 0)).isEqualTo(0, within(4 / Math.sqrt(x.length)));
    }

    /** To the right, below, and in the next channel. */
    @ParameterizedTest
    @CsvSource({"1", "32", "1024"})
    void neighboursHaveNothingInCommon(int distance) {
        float[] x = noise(11, 64, 32, 32);

        assertThat(correlation(x, x, distance)).isEqualTo(0, within(4 / Math.sqrt(x.length)));
    }

    /** An area's sum over the root of its size is one and the same number at every size: that of the single token at 8x8. */
    @ParameterizedTest
    @CsvSource({"16, 16", "64, 64", "24, 48", "8, 16"})
    void areasKeepTheirMeansAtEverySize(int rows, int columns) {
        for (long seed : new long[] {1, 7, -5}) {
            float[] coarse = noise(seed, 4, 8, 8);
            float[] fine = noise(seed, 4, rows, columns);

            double scale = Math.sqrt(rows / 8.0 * (columns / 8.0));
            for (int area = 0; area < coarse.length; area++) {
                double sum = 0;
                for (int y = 0; y < rows / 8; y++) {
                    for (int x = 0; x < columns / 8; x++) {
                        int row = area / 8 % 8 * (rows / 8) + y;
                        int column = area % 8 * (columns / 8) + x;
                        sum += fine[(area / 64 * rows + row) * columns + column];
                    }
                }
                assertThat(sum / scale).isEqualTo(coarse[area], within(1e-4));
            }
        }
    }

    /** A mean over n numbers has deviation 1/sqrt(n); seed 7 made dark pictures because of one three times as far out. */
    @ParameterizedTest
    @CsvSource({"8, 8", "4, 12", "3, 6", "2, 32", "32, 32"})
    void noSeedMovesAChannelsMeanFarOut(int rows, int columns) {
        int count = rows * columns;
        for (long seed = 0; seed < 100; seed++) {
            float[] x = noise(seed, 16, rows, columns);
            for (int channel = 0; channel < 16; channel++) {
                double mean = 0;
                for (int i = 0; i < count; i++) {
                    mean += x[channel * count + i] / (double) count;
                }
                assertThat(Math.abs(mean) * Math.sqrt(count)).isLessThan(Noise.MEAN_LIMIT + 1e-5);
            }
        }
    }

    /** Training's noise, tokens by channels, is that of generation where its means are kept in and is otherwise left alone. */
    @Test
    void limitedNoiseIsThatOfGeneration() {
        Scopes.plain(() -> {
            Tensor tokens = Noise.normal(7, 16, 8, 8).flatten(2, 3).transpose(1, 2);
            assertThat(Tensors.toFloats(Noise.limited(tokens).sub(tokens)))
                    .containsOnly(new float[] {0}, within(1e-6f));
            Tensor moved = Noise.limited(tokens.add(new Scalar(2)));
            float most = (float) (Noise.MEAN_LIMIT / 8);
            float[] means = Tensors.toFloats(moved.mean(1));
            assertThat(means).containsOnly(new float[] {most}, within(1e-5f));
            Tensor centred = tokens.sub(tokens.mean(new long[] {1}, true, new ScalarTypeOptional()));
            assertThat(Tensors.toFloats(moved.sub(centred).sub(new Scalar(most))))
                    .containsOnly(new float[] {0}, within(1e-5f));
            return null;
        });
    }

    /** What the limit takes from a variance is less than 1/n, so nothing of it is left at the sizes of large models. */
    @Test
    void limitingTheMeanLeavesTheVariance() {
        double squares = 0;
        for (long seed = 0; seed < 200; seed++) {
            squares += moment(noise(seed, 64, 8, 8), 2) / 200;
        }

        assertThat(squares).isBetween(1 - 1.0 / 64, 1.0);
    }

    /** A single token is a normal by itself; with its mean taken away nothing would be left. */
    @Test
    void oneTokenKeepsItsVariance() {
        assertThat(moment(noise(1, 4096, 1, 1), 2)).isEqualTo(1, within(4 * Math.sqrt(2.0 / 4096)));
    }

    @Test
    void theSameSeedGivesTheSameNoise() {
        assertThat(noise(42, 8, 9, 7)).isEqualTo(noise(42, 8, 9, 7));
        assertThat(Arrays.copyOf(noise(42, 8, 9, 7), 4 * 63)).isEqualTo(noise(42, 4, 9, 7));
    }

    private static float[] noise(long seed, int channels, int rows, int columns) {
        return Scopes.plain(() -> Tensors.toFloats(Noise.normal(seed, channels, rows, columns)));
    }

    private static double moment(float[] x, int power) {
        double sum = 0;
        for (float v : x) {
            sum += Math.pow(v, power);
        }
        return sum / x.length;
    }

    private static double correlation(float[] x, float[] y, int distance) {
        double sum = 0;
        for (int i = 0; i + distance < x.length; i++) {
            sum += (double) x[i] * y[i + distance];
        }
        return sum / (x.length - distance);
    }
}
