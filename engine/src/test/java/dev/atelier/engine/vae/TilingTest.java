package dev.atelier.engine.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TilingTest {
    private static final int SCALE = 4;
    private static final int TILE = 10;
    private static final int OVERLAP = 4;
    private static final Tiling TILING = new Tiling(SCALE, TILE, OVERLAP);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1  | 0",
                "10 | 0",
                "11 | 0 1",
                "16 | 0 6",
                "17 | 0 4 7",
                "22 | 0 6 12",
                "28 | 0 6 12 18",
                "30 | 0 5 10 15 20"
            })
    void tilesCoverASideAndShareTheOverlapAtLeast(long length, String starts) {
        List<Long> expected =
                Arrays.stream(starts.split(" ")).map(Long::valueOf).toList();

        assertThat(TILING.starts(length)).isEqualTo(expected);
    }

    @Test
    void tilesCountInBothDirections() {
        assertThat(TILING.count(28, 17)).isEqualTo(12);
        assertThat(TILING.count(3, 10)).isEqualTo(1);
    }

    /** What looks at single pixels shows no seam. */
    @ParameterizedTest
    @CsvSource({"10, 10", "11, 37", "23, 5", "30, 17"})
    void decodingPixelByPixelIsTheSameInTiles(int rows, int columns) {
        Scopes.run(() -> {
            Tensor latent = Samples.random(1, 1, 3, rows, columns);

            Tensor tiled = TILING.decode(latent, TilingTest::enlarged);

            assertThat(Tensors.relativeError(tiled, enlarged(latent))).isLessThan(1e-6);
        });
    }

    @Test
    void encodingPixelByPixelIsTheSameInTiles() {
        Scopes.run(() -> {
            Tensor image = Samples.random(2, 1, 3, 25 * SCALE, 12 * SCALE);

            Tensor tiled = TILING.encode(image, x -> torch.avg_pool2d(x, SCALE, SCALE));

            assertThat(tiled.shape()).containsExactly(1, 3, 25, 12);
            assertThat(Tensors.relativeError(tiled, torch.avg_pool2d(image, SCALE, SCALE)))
                    .isLessThan(1e-6);
        });
    }

    /** A decoder that sees one latent pixel around is wrong in that of a tile's inner edge only; everywhere else tiles change nothing. */
    @ParameterizedTest
    @CsvSource({"11, 37", "23, 5", "30, 17"})
    void tilesEqualTheWholeWhereNoTileEndsInSight(int rows, int columns) {
        Scopes.run(() -> {
            Tensor latent = Samples.random(3, 1, 3, rows, columns);

            float[] tiled = Tensors.toFloats(TILING.decode(latent, TilingTest::blurred));
            float[] whole = Tensors.toFloats(blurred(latent));

            boolean[] rowEdges = edges(rows);
            boolean[] columnEdges = edges(columns);
            int width = columns * SCALE;
            int compared = 0;
            for (int i = 0; i < tiled.length; i++) {
                int row = i / width % (rows * SCALE) / SCALE;
                int column = i % width / SCALE;
                if (!rowEdges[row] && !columnEdges[column]) {
                    assertThat(tiled[i]).isEqualTo(whole[i], within(1e-5f));
                    compared++;
                }
            }
            assertThat(compared).isGreaterThan(tiled.length / 3);
        });
    }

    /** At a seam the tile that ends there counts least: the step is a fraction of what the tile alone would make. */
    @Test
    void aTilesEdgeFadesIn() {
        Scopes.run(() -> {
            Tensor latent = Tensors.ones(DType.F32, 1, 1, 10, 16);
            boolean[] first = {true};

            float[] out = Tensors.toFloats(TILING.decode(latent, tile -> {
                Tensor value = enlarged(tile).mul(new Scalar(first[0] ? 0.0 : 1.0));
                first[0] = false;
                return value;
            }));

            // The second tile begins at latent pixel 6, the first ends at 10: over 4 · 4 pixels 0 becomes 1.
            for (int x = 0; x < 16 * SCALE; x++) {
                double up = Math.min(1, (x - 6 * SCALE + 1) / 16.0);
                double down = Math.min(1, (10 * SCALE - x) / 16.0);
                double expected = x < 6 * SCALE ? 0 : x >= 10 * SCALE ? 1 : up / (up + down);
                assertThat((double) out[x]).isEqualTo(expected, within(1e-5));
            }
        });
    }

    /** Latent pixels along a side that lie at an end of a tile which is no end of the picture. */
    private static boolean[] edges(int length) {
        boolean[] out = new boolean[length];
        for (long start : TILING.starts(length)) {
            if (start > 0) {
                out[(int) start] = true;
            }
            if (start + TILE < length) {
                out[(int) start + TILE - 1] = true;
            }
        }
        return out;
    }

    private static Tensor enlarged(Tensor latent) {
        long[] size = {latent.size(2) * SCALE, latent.size(3) * SCALE};
        return torch.upsample_nearest2d(latent, size, new DoubleOptional(), new DoubleOptional());
    }

    private static Tensor blurred(Tensor latent) {
        Tensor weight = Samples.random(4, 3, 3, 3, 3);
        long[] one = {1, 1};
        return enlarged(torch.conv2d(latent, weight, new TensorOptional(), one, one, one, 1));
    }
}
