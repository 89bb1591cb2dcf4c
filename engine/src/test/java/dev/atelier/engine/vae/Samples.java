package dev.atelier.engine.vae;

import dev.atelier.engine.tensor.Tensors;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;

/** Numbers to try autoencoders on. */
final class Samples {
    private Samples() {}

    /** Standard normals of a shape. */
    static Tensor random(long seed, long... shape) {
        SplittableRandom random = new SplittableRandom(seed);
        int count = 1;
        for (long side : shape) {
            count *= (int) side;
        }
        float[] out = new float[count];
        for (int i = 0; i < count; i++) {
            out[i] = (float) random.nextGaussian();
        }
        return Tensors.of(out, shape);
    }

    /** Orthonormal rows by Gram and Schmidt, row-major (rows, columns). */
    static double[][] orthonormal(long seed, int rows, int columns) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] out = new double[rows][columns];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                out[i][j] = random.nextGaussian();
            }
            // Twice: once leaves the rounding errors of a nearly dependent row.
            for (int again = 0; again < 2; again++) {
                for (int k = 0; k < i; k++) {
                    double product = 0;
                    for (int j = 0; j < columns; j++) {
                        product += out[i][j] * out[k][j];
                    }
                    for (int j = 0; j < columns; j++) {
                        out[i][j] -= product * out[k][j];
                    }
                }
            }
            double length = 0;
            for (double v : out[i]) {
                length += v * v;
            }
            for (int j = 0; j < columns; j++) {
                out[i][j] /= Math.sqrt(length);
            }
        }
        return out;
    }
}
