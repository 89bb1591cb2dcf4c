package dev.atelier.engine.nn;

import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** Compares a product of a weight in another form with libtorch's own product of the plain weight, on a few rows. */
final class ProductCheck {
    /** Libraries have a way of their own for one row. */
    private static final long[] ROWS = {1, 5};

    private static final long SEED = 1;

    private ProductCheck() {}

    /**
     * The larger relative error of {@code product} with one row and with several; NaN where either has no number.
     *
     * @param product without bias
     * @param weight fp32 (out, in)
     */
    static double error(Linear product, Tensor weight) {
        return Scopes.plain(() -> {
            double worst = 0;
            for (long rows : ROWS) {
                Tensor x = rows(rows, weight.size(1));
                Tensor plain = torch.linear(x, weight, new TensorOptional());
                // Math.max keeps NaN.
                worst = Math.max(worst, Tensors.relativeError(product.forward(x), plain));
            }
            return worst;
        });
    }

    /** Numbers between -1 and 1 without a pattern that a weight could share, fp32 (rows, columns). */
    private static Tensor rows(long rows, long columns) {
        SplittableRandom random = new SplittableRandom(SEED);
        float[] values = new float[Math.toIntExact(rows * columns)];
        for (int i = 0; i < values.length; i++) {
            values[i] = 2 * (float) random.nextDouble() - 1;
        }
        return Tensors.of(values, rows, columns);
    }
}
