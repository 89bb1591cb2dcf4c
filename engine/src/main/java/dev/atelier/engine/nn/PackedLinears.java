package dev.atelier.engine.nn;

import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import dev.atelier.engine.weights.Weights;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Tensor;

/**
 * Linear layers of a small component that take the same input, computed as one product from weights in oneDNN's own order: with few
 * tokens, ordering a weight at each use takes as long as multiplying with it, and a product costs little more than its call. Where
 * gradients are on, which oneDNN's product lacks, each layer has its weight in fp32. Both forms are made when they are first needed.
 */
final class PackedLinears implements Linears {
    private final Weights weights;
    private final List<String> names; // of the weights, for the log
    private final List<Tensor> stored; // (out, in) each, in 16 bits
    private final Tensor bias; // (out) of the only layer; null when there are several, or it has none
    private final List<Tensor> widened = new ArrayList<>();
    private Linear packed; // all layers' rows; null until used

    /** @param weights own what is made of them */
    PackedLinears(Weights weights, List<String> names, List<Tensor> stored, Tensor bias) {
        this.weights = weights;
        this.names = names;
        this.stored = stored;
        this.bias = bias;
    }

    @Override
    public List<Tensor> forward(Tensor x) {
        if (GradMode.is_enabled()) {
            return widened().stream()
                    .map(weight -> LinearFactory.product(x, weight, bias))
                    .toList();
        }
        Tensor out = packed().forward(x);
        return stored.size() == 1
                ? List.of(out)
                : Tensors.split(
                        out, -1, stored.stream().mapToLong(w -> w.size(0)).toArray());
    }

    private Linear packed() {
        if (packed == null) {
            String name = weights.fullName(String.join(", ", names));
            packed = Scopes.plain(
                    () -> PackedProduct.of(weights, name, Tensors.to(Tensors.cat(0, stored), DType.F32), bias));
        }
        return packed;
    }

    private List<Tensor> widened() {
        if (widened.isEmpty()) {
            stored.forEach(weight -> widened.add(LinearFactory.float32(weights, weight)));
        }
        return widened;
    }
}
