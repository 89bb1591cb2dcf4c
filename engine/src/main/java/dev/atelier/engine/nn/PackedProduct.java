package dev.atelier.engine.nn;

import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.OneDnn;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import dev.atelier.engine.weights.Weights;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The product with a weight in oneDNN's own order. That order has blocks of 16 to 64 outputs, and on some machines oneDNN multiplies
 * wrongly, without any sign, where the last block is filled in part only; so outputs are filled up with zeros to a multiple of
 * {@value #BLOCK}. What was packed is then compared with libtorch's own product, and where they differ the weight stays as it is.
 */
final class PackedProduct implements Linear {
    private static final Logger LOG = LoggerFactory.getLogger(PackedProduct.class);
    private static final long BLOCK = 64;

    /** Two right fp32 products differ by some 1e-6 at most. */
    private static final double MAX_ERROR = 1e-4;

    private final long out;
    private final Tensor weight;
    private final Tensor bias;

    private PackedProduct(long out, Tensor weight, Tensor bias) {
        this.out = out;
        this.weight = weight;
        this.bias = bias;
    }

    /**
     * @param weights own what is made
     * @param name of the weight, for the log
     * @param weight fp32 (out, in)
     * @param bias fp32 (out); may be null
     */
    static Linear of(Weights weights, String name, Tensor weight, Tensor bias) {
        return of(weights, name, weight, bias, OneDnn::packed);
    }

    /** @param packing orders a weight (multiple of {@value #BLOCK}, in) for {@link OneDnn#linear} */
    static Linear of(Weights weights, String name, Tensor weight, Tensor bias, UnaryOperator<Tensor> packing) {
        long out = weight.size(0);
        long missing = Math.ceilDiv(out, BLOCK) * BLOCK - out;
        Tensor packed = Scopes.owned(() -> packing.apply(
                missing == 0 ? weight : Tensors.cat(0, weight, Tensors.zeros(DType.F32, missing, weight.size(1)))));
        PackedProduct product = new PackedProduct(out, packed, null);
        double error = ProductCheck.error(product, weight);
        if (!(error <= MAX_ERROR)) {
            packed.close();
            LOG.warn(
                    "{} ({}, {}): oneDNN's packed product is off by {} on this machine; the plain one is used",
                    name,
                    out,
                    weight.size(1),
                    error);
            Tensor plain = weights.own(Scopes.own(weight));
            return x -> LinearFactory.product(x, plain, bias);
        }
        weights.own(packed);
        return bias == null || missing == 0
                ? new PackedProduct(out, packed, bias)
                : new PackedProduct(
                        out,
                        packed,
                        weights.own(Scopes.owned(() -> Tensors.cat(0, bias, Tensors.zeros(DType.F32, missing)))));
    }

    @Override
    public Tensor forward(Tensor x) {
        Tensor product = OneDnn.linear(x, weight, bias);
        return product.size(-1) == out ? product : product.narrow(-1, 0, out);
    }
}
