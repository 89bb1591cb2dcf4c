package dev.atelier.engine.nn;

import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.OneDnn;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import java.util.Arrays;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A linear layer whose weight has 8 bits a number and one scale an output, and whose input is rounded at each call to 8 bits with
 * one scale a token. The products are exact; only the two roundings cost accuracy. Inputs and outputs are at least two wide.
 */
final class Int8Linear implements Linear {
    private static final double MAX = 127;

    /** Tokens a product: bounds the int32 sums, and still spreads the cost of reading the weight. */
    private static final long TOKENS = 1024;

    /** Sums are scaled in pieces that stay in a core's cache. */
    private static final long PIECE_NUMBERS = 1L << 18;

    private final Tensor weight; // int8 (out, in)
    private final Tensor scale; // (out)
    private final Tensor bias; // (out); null without one
    private final WideningBuffer buffer;

    Int8Linear(Tensor weight, Tensor scale, Tensor bias, WideningBuffer buffer) {
        this.weight = weight;
        this.scale = scale;
        this.bias = bias;
        this.buffer = buffer;
    }

    /** {@code numbers · scale} is the tensor that was rounded. @param numbers int8 (M, K) @param scale fp32 (M, 1) */
    record Rounded(Tensor numbers, Tensor scale) {}

    /** Rounds each row to -127 to 127 times a scale of its own, the largest magnitude to ±127. @param x fp32 (M, K) */
    static Rounded round(Tensor x) {
        return round(x, x.abs().amax(new long[] {1}, true));
    }

    /**
     * As {@link #round}, of a weight.
     *
     * @param weight fp32 (out, in)
     * @param cutsOffPairs {@link OneDnn#cutsOffPairs}: then rows are scaled so that two neighbours of one sign make at most 128
     *     together, and their products with inputs raised to at most 255 stay below 2¹⁵
     */
    static Rounded roundWeight(Tensor weight, boolean cutsOffPairs) {
        if (!cutsOffPairs) {
            return round(weight);
        }
        Tensor positive = largestPair(weight.clamp_min(new Scalar(0.0)));
        Tensor negative = largestPair(weight.neg().clamp_min_(new Scalar(0.0)));
        return round(
                weight,
                torch.maximum(torch.maximum(positive, negative), weight.abs().amax(new long[] {1}, true)));
    }

    /** Sum of columns 2k and 2k + 1, the largest of each row. @param x (M, K) @return (M, 1) */
    private static Tensor largestPair(Tensor x) {
        long pairs = x.size(1) / 2;
        Tensor sums = x.narrow(1, 0, 2 * pairs).reshape(x.size(0), pairs, 2).sum(2L);
        return sums.amax(new long[] {1}, true);
    }

    /** @param largest what becomes 127 in each row, (M, 1) */
    private static Rounded round(Tensor x, Tensor largest) {
        Tensor scale = largest.clamp_min(new Scalar((double) Float.MIN_NORMAL)).div_(new Scalar(MAX));
        return new Rounded(x.div(scale).round_().to(DType.I8.scalarType()), scale);
    }

    @Override
    public Tensor forward(Tensor x) {
        return Scopes.scoped(() -> {
            Tensor tokens = x.reshape(-1, weight.size(1));
            Tensor out = Tensors.empty(DType.F32, tokens.size(0), weight.size(0));
            for (long at = 0; at < tokens.size(0); at += TOKENS) {
                long count = Math.min(TOKENS, tokens.size(0) - at);
                Tensor from = tokens.narrow(0, at, count);
                Tensor to = out.narrow(0, at, count);
                Scopes.run(() -> multiply(from, to));
            }
            if (bias != null) {
                out.add_(bias);
            }
            long[] shape = Arrays.copyOf(x.shape(), x.shape().length);
            shape[shape.length - 1] = weight.size(0);
            return out.view(shape);
        });
    }

    private void multiply(Tensor x, Tensor out) {
        Rounded rounded = round(x);
        Tensor sums = buffer.integers(x.size(0), weight.size(0));
        OneDnn.integerProduct(sums, rounded.numbers(), weight.t());
        long step = Math.max(1, PIECE_NUMBERS / weight.size(0));
        for (long at = 0; at < x.size(0); at += step) {
            long first = at;
            long count = Math.min(step, x.size(0) - at);
            Scopes.run(() -> {
                Tensor piece = out.narrow(0, first, count);
                piece.copy_(sums.narrow(0, first, count));
                piece.mul_(rounded.scale().narrow(0, first, count)).mul_(scale);
            });
        }
    }
}
