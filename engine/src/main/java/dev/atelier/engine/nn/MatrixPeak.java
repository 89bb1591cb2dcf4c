package dev.atelier.engine.nn;

import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.OneDnn;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The matrix products per second that this machine reaches with the kernels that {@link Linear} layers use. */
public final class MatrixPeak {
    private static final long SIDE = 2048;
    private static final int RUNS = 5;

    private MatrixPeak() {}

    /** fp32, 10⁹ operations per second, a multiply-add counted as two. Runs on the calling thread. */
    public static double fp32() {
        return Scopes.plain(() -> {
            Tensor a = torch.rand(SIDE, SIDE);
            Tensor b = torch.rand(SIDE, SIDE);
            return best(() -> {
                Tensor _ = OneDnn.available() ? OneDnn.linear(a, b, null) : torch.linear(a, b);
            });
        });
    }

    /** As {@link #fp32}, of 8-bit integers. */
    public static double int8() {
        return Scopes.plain(() -> {
            Tensor a = Tensors.ones(DType.I8, SIDE, SIDE);
            Tensor b = Tensors.ones(DType.I8, SIDE, SIDE);
            Tensor sums = Tensors.empty(DType.I32, SIDE, SIDE);
            return best(() -> OneDnn.integerProduct(sums, a, b.t()));
        });
    }

    private static double best(Runnable product) {
        long fastest = Long.MAX_VALUE;
        for (int i = 0; i < RUNS; i++) {
            long start = System.nanoTime();
            Scopes.run(product);
            fastest = Math.min(fastest, System.nanoTime() - start);
        }
        return 2.0 * SIDE * SIDE * SIDE / fastest;
    }
}
