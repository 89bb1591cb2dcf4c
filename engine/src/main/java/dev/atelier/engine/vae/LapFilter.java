package dev.atelier.engine.vae;

import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.Device;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;

/**
 * Makes a block transform a lapped one: an orthogonal filter over every inner block edge of a picture, before the transform and
 * (transposed) after its inverse, so that basis functions reach half a block into their neighbours and fade out there instead of
 * ending at an edge. Source: Tran, Liang, Tu, "Lapped transform via time-domain pre- and post-filtering", IEEE Trans. Signal
 * Processing 51(6), 2003, type-II fast LOT.
 */
final class LapFilter implements AutoCloseable {
    private final int block;
    private final Tensor filter; // (block, block), rows are outputs

    /** @param block pixels a side of a block, even */
    LapFilter(int block, Device device) {
        this.block = block;
        filter = Scopes.owned(() -> Tensors.to(Tensors.of(matrix(block / 2), block, block), device));
    }

    /** @param image (B, 3, H, W) with sides that are multiples of the block */
    Tensor apply(Tensor image) {
        return Scopes.scoped(() -> rows(columns(image, filter.t()), filter));
    }

    /** Undoes {@link #apply}. */
    Tensor invert(Tensor image) {
        return Scopes.scoped(() -> rows(columns(image, filter), filter.t()));
    }

    /** Filters along each row, over the edges between columns of blocks. @param right multiplied from the right */
    private Tensor columns(Tensor x, Tensor right) {
        long inner = x.size(3) - block;
        if (inner == 0) {
            return x;
        }
        int half = block / 2;
        Tensor middle = x.narrow(3, half, inner).unflatten(3, inner / block, block);
        Tensor filtered = middle.matmul(Tensors.to(right, DType.of(x))).flatten(3, 4);
        return Tensors.cat(3, x.narrow(3, 0, half), filtered, x.narrow(3, x.size(3) - half, half));
    }

    /** Filters along each column, over the edges between rows of blocks. @param left multiplied from the left */
    private Tensor rows(Tensor x, Tensor left) {
        long inner = x.size(2) - block;
        if (inner == 0) {
            return x;
        }
        int half = block / 2;
        Tensor middle = x.narrow(2, half, inner).unflatten(2, inner / block, block); // (B, 3, n, block, W)
        Tensor filtered = Tensors.to(left, DType.of(x)).matmul(middle).flatten(2, 3);
        return Tensors.cat(2, x.narrow(2, 0, half), filtered, x.narrow(2, x.size(2) - half, half));
    }

    /**
     * {@code P = W diag(I, V) W / 2} with {@code W = [I J; J -I]}, {@code V = J C2ᵀ C4 J}, J the reversal, C2 and C4 the orthonormal
     * cosine transforms of type II and IV of m points.
     *
     * @return row-major (2m, 2m)
     */
    static float[] matrix(int m) {
        double[][] v = new double[m][m];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < m; j++) {
                double sum = 0;
                for (int k = 0; k < m; k++) {
                    sum += cosine2(k, m - 1 - i, m) * cosine4(k, m - 1 - j, m);
                }
                v[i][j] = sum;
            }
        }
        float[] out = new float[4 * m * m];
        double[] unit = new double[2 * m];
        for (int column = 0; column < 2 * m; column++) {
            java.util.Arrays.fill(unit, 0);
            unit[column] = 1;
            double[] result = filter(unit, v, m);
            for (int row = 0; row < 2 * m; row++) {
                out[row * 2 * m + column] = (float) result[row];
            }
        }
        return out;
    }

    private static double[] filter(double[] x, double[][] v, int m) {
        double[] butterfly = butterfly(x, m);
        double[] turned = butterfly.clone();
        for (int i = 0; i < m; i++) {
            double sum = 0;
            for (int j = 0; j < m; j++) {
                sum += v[i][j] * butterfly[m + j];
            }
            turned[m + i] = sum;
        }
        double[] out = butterfly(turned, m);
        for (int i = 0; i < out.length; i++) {
            out[i] /= 2;
        }
        return out;
    }

    private static double[] butterfly(double[] x, int m) {
        double[] out = new double[2 * m];
        for (int i = 0; i < m; i++) {
            out[i] = x[i] + x[2 * m - 1 - i];
            out[m + i] = x[m - 1 - i] - x[m + i];
        }
        return out;
    }

    private static double cosine2(int k, int n, int m) {
        return Math.sqrt((k == 0 ? 1.0 : 2.0) / m) * Math.cos(Math.PI * k * (2 * n + 1) / (2.0 * m));
    }

    private static double cosine4(int k, int n, int m) {
        return Math.sqrt(2.0 / m) * Math.cos(Math.PI * (2 * k + 1) * (2 * n + 1) / (4.0 * m));
    }

    @Override
    public void close() {
        filter.close();
    }
}
