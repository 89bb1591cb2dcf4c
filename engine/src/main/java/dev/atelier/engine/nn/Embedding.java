package dev.atelier.engine.nn;

import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** A lookup table; rows are widened to fp32 after the lookup, so a memory-mapped table stays on disk but for the rows used. */
public final class Embedding {
    private final Tensor weight; // (rows, dim), as stored
    private final DType computeType;

    /** @param computeType the element type of the looked-up rows */
    public Embedding(Tensor weight, DType computeType) {
        this.weight = weight;
        this.computeType = computeType;
    }

    /**
     * @param ids int64 (B, L)
     * @return (B, L, dim)
     */
    public Tensor forward(Tensor ids) {
        return Tensors.to(torch.embedding(weight, ids), computeType);
    }

    /** The table itself, for models that tie the output projection to it. */
    public Tensor weight() {
        return weight;
    }
}
