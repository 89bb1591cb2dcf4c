package dev.atelier.engine.nn;

import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** Linear layers that take the same input; see {@link Linear}. */
@FunctionalInterface
public interface Linears {
    /**
     * @param x (…, in)
     * @return (…, out) of each layer, in order, owned by the innermost scope
     */
    List<Tensor> forward(Tensor x);
}
