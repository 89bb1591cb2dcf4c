package dev.atelier.engine.nn;

import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;

/**
 * The fp32 buffer that 16-bit weights are widened into at each use on a CPU: allocated once for the largest request, because
 * allocation measured as dear as the widening. Belongs to one device thread.
 */
public final class WideningBuffer implements AutoCloseable {
    private Tensor buffer;

    /** fp32 copy of {@code weight} (rows, columns), valid until the next call; owned by the innermost scope. */
    Tensor widen(Tensor weight) {
        long count = weight.numel();
        if (buffer == null || buffer.numel() < count) {
            close();
            buffer = Scopes.owned(() -> Tensors.empty(DType.F32, count));
        }
        Tensor out = buffer.narrow(0, 0, count).view(weight.shape());
        out.copy_(weight);
        return out;
    }

    @Override
    public void close() {
        if (buffer != null) {
            buffer.close();
            buffer = null;
        }
    }
}
