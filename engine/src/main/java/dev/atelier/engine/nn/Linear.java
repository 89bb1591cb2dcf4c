package dev.atelier.engine.nn;

import org.bytedeco.pytorch.Tensor;

/** {@code y = x Wᵀ + b}. How the weight is kept and multiplied is the implementation's matter. */
@FunctionalInterface
public interface Linear {
    /**
     * @param x (…, in)
     * @return (…, out), owned by the innermost scope
     */
    Tensor forward(Tensor x);
}
