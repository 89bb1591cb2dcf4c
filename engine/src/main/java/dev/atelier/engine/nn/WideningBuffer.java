package dev.atelier.engine.nn;

import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;

/**
 * Where 16-bit weights are widened to fp32 at each use on a CPU, and where products of 8-bit numbers are summed up: allocated once
 * for the largest request, because allocation measured as dear as the widening. Belongs to one device thread.
 */
public final class WideningBuffer implements AutoCloseable {
    private Tensor floats;
    private Tensor integers;

    /** fp32 copy of {@code weight} (rows, columns), valid until the next call; owned by the innermost scope. */
    Tensor widen(Tensor weight) {
        floats = atLeast(floats, DType.F32, weight.numel());
        Tensor out = floats.narrow(0, 0, weight.numel()).view(weight.shape());
        out.copy_(weight);
        return out;
    }

    /** fp32 (rows, columns) of any content, valid until the next call; owned by the innermost scope. */
    Tensor floats(long rows, long columns) {
        floats = atLeast(floats, DType.F32, rows * columns);
        return floats.narrow(0, 0, rows * columns).view(rows, columns);
    }

    /** int32 (rows, columns) of any content, valid until the next call; owned by the innermost scope. */
    Tensor integers(long rows, long columns) {
        integers = atLeast(integers, DType.I32, rows * columns);
        return integers.narrow(0, 0, rows * columns).view(rows, columns);
    }

    private static Tensor atLeast(Tensor buffer, DType type, long count) {
        if (buffer != null && buffer.numel() >= count) {
            return buffer;
        }
        if (buffer != null) {
            buffer.close();
        }
        return Scopes.owned(() -> Tensors.empty(type, count));
    }

    @Override
    public void close() {
        if (floats != null) {
            floats.close();
            floats = null;
        }
        if (integers != null) {
            integers.close();
            integers = null;
        }
    }
}
