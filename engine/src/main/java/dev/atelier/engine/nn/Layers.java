package dev.atelier.engine.nn;

import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Where a model gets its layers from while it is built: a folder ({@link LoadedLayers}), or a trainer that makes and registers
 * parameters. Names follow the tensor names of the folder; a view under a prefix is {@link #at}.
 */
public interface Layers {
    /** The view under the given name parts, joined with dots. */
    Layers at(Object... parts);

    /** A linear layer without bias: {@code name.weight} (out, in). */
    Linear linear(String name, long in, long out);

    /** Linear layers without bias that take the same input; they may be computed as one. */
    default Linears linears(List<String> names, long in, long out) {
        List<Linear> each = names.stream().map(name -> linear(name, in, out)).toList();
        return x -> each.stream().map(one -> one.forward(x)).toList();
    }

    /** A linear layer with bias: {@code name.weight} (out, in), {@code name.bias} (out). */
    Linear biasedLinear(String name, long in, long out);

    /** A convolution with bias: {@code name.weight} (out, in, kernel, kernel), {@code name.bias} (out). */
    Conv2d conv(String name, long in, long out, Conv2d.Geometry geometry);

    /** A small fp32 tensor (norm weights, embeddings of positions) of the model's lifetime. */
    Tensor tensor(String name, long... shape);

    /** Declares an integer scalar that the file may hold and that inference does not need. */
    void counter(String name);

    /** A lookup table {@code name.weight} (rows, dim). */
    Embedding embedding(String name, long rows, long dim);

    /**
     * The linear layer without bias whose weight is {@code table}, made before by {@link #embedding} as {@code name}: a tied
     * vocabulary projection.
     *
     * @param in width of the table
     * @param out rows of the table
     */
    default Linear tiedLinear(String name, Embedding table, long in, long out) {
        return x -> torch.linear(x, Tensors.to(table.weight(), DType.of(x)));
    }

    /** Whether {@code name} is there; trainers answer for what a configuration asks. */
    boolean has(String name);

    /** The same view for parts that are never run: names and shapes are checked, nothing is loaded, the layers must not be called. */
    Layers unused();
}
