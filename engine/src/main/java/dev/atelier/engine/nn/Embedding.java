package dev.atelier.engine.nn;

import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.EngineException;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import dev.atelier.engine.weights.Weights;
import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** A lookup table; rows become fp32 after the lookup, so a memory-mapped table stays on disk but for the rows used. */
public final class Embedding {
    private final Tensor weight; // (rows, dim), as stored; null where rows are decoded
    private final Decoded decoded; // null unless rows are decoded
    private final DType computeType;

    /** A table in a file whose numbers have to be decoded. */
    private record Decoded(Weights weights, String name, long rows, long dim) {
        Tensor lookUp(Tensor ids) {
            return Scopes.scoped(() -> {
                long[] wanted = Tensors.toLongs(ids);
                Tensor out = Tensors.empty(DType.F32, wanted.length, dim);
                for (int i = 0; i < wanted.length; i++) {
                    if (wanted[i] < 0 || wanted[i] >= rows) {
                        throw new EngineException(name + ": row " + wanted[i] + " of " + rows);
                    }
                    weights.decode(name, wanted[i], out.narrow(0, i, 1), 1);
                }
                long[] shape = Arrays.copyOf(ids.shape(), ids.shape().length + 1);
                shape[shape.length - 1] = dim;
                return out.view(shape);
            });
        }
    }

    /** @param computeType the element type of the looked-up rows */
    public Embedding(Tensor weight, DType computeType) {
        this.weight = weight;
        this.decoded = null;
        this.computeType = computeType;
    }

    private Embedding(Decoded decoded, DType computeType) {
        this.weight = null;
        this.decoded = decoded;
        this.computeType = computeType;
    }

    /** A table whose rows are decoded when they are looked up. @param name its weight in {@code weights} */
    static Embedding decoded(Weights weights, String name, long rows, long dim, DType computeType) {
        weights.skip(name, rows, dim);
        return new Embedding(new Decoded(weights, name, rows, dim), computeType);
    }

    /**
     * @param ids int64 (B, L)
     * @return (B, L, dim)
     */
    public Tensor forward(Tensor ids) {
        return decoded == null
                ? Tensors.to(torch.embedding(weight, ids), computeType)
                : Tensors.to(decoded.lookUp(ids), computeType);
    }

    /** The table itself, for models that tie the output projection to it; null where rows are decoded. */
    public Tensor weight() {
        return weight;
    }
}
