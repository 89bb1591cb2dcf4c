package dev.atelier.engine.nn;

import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.EngineException;
import dev.atelier.engine.tensor.OneDnn;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import dev.atelier.engine.weights.Weights;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** Makes {@link Linear} layers from stored weights in one {@link Precision}. */
public final class LinearFactory {
    /** The most numbers of a weight that are widened at once: larger ones are done in blocks of rows. */
    static final long WIDE_NUMBERS = 1L << 27;

    /** Few tokens use each weight so little that it must not leave the cache between widening and use. */
    private static final long FEW_TOKENS = 16;

    static final long FEW_TOKENS_NUMBERS = 1L << 21;

    /** A component of at most this many weights keeps them as fp32 (256 MB): widening would cost more than its few tokens' products. */
    private static final long SMALL = 1L << 26;

    private final Precision precision;
    private final WideningBuffer buffer;
    private final Int8Weights prepared; // null unless the precision is int8
    private final long small;
    private final long wideNumbers;
    private final long fewTokensNumbers;

    private LinearFactory(
            Precision precision,
            WideningBuffer buffer,
            Int8Weights prepared,
            long small,
            long wideNumbers,
            long fewTokensNumbers) {
        this.precision = precision;
        this.buffer = buffer;
        this.prepared = prepared;
        this.small = small;
        this.wideNumbers = wideNumbers;
        this.fewTokensNumbers = fewTokensNumbers;
    }

    /**
     * @param precision int8 has a factory of its own, {@link #int8}
     * @param buffer where 16-bit weights are widened to; shared by all layers of a device thread
     */
    public LinearFactory(Precision precision, WideningBuffer buffer) {
        this(precision, buffer, null, SMALL, WIDE_NUMBERS, FEW_TOKENS_NUMBERS);
    }

    /** As stored, and 16-bit weights widened at each use however few there are, in blocks of at most this many numbers. */
    static LinearFactory widening(WideningBuffer buffer, long wideNumbers, long fewTokensNumbers) {
        return new LinearFactory(Precision.STORED, buffer, null, 0, wideNumbers, fewTokensNumbers);
    }

    /** Layers in full precision (on a GPU, in the type that everything else has there). */
    public static LinearFactory full(WideningBuffer buffer) {
        return new LinearFactory(Precision.STORED, buffer);
    }

    /** 8-bit layers from {@code prepared}; what it does not hold is used as stored. */
    public static LinearFactory int8(WideningBuffer buffer, Int8Weights prepared) {
        return new LinearFactory(Precision.INT8, buffer, prepared, SMALL, WIDE_NUMBERS, FEW_TOKENS_NUMBERS);
    }

    Linear make(Weights weights, String name, long in, long out, boolean biased) {
        if (weights.device().isCuda()) {
            return cuda(weights, name, in, out, biased);
        }
        Tensor bias = biased ? float32(weights, weights.tensor(name + ".bias", out)) : null;
        String fullName = weights.fullName(name + ".weight");
        if (precision == Precision.INT8 && prepared == null) {
            throw new EngineException("precision: int8 layers are made from prepared weights, none were given");
        }
        if (prepared != null && prepared.has(fullName)) {
            weights.skip(name + ".weight", out, in);
            return new Int8Linear(prepared.numbers(fullName), prepared.scale(fullName), bias, buffer);
        }
        if (weights.isEncoded(name + ".weight") && precision != Precision.FP32 && weights.parameters() > small) {
            weights.skip(name + ".weight", out, in);
            return widening(new EncodedRows(weights, name + ".weight", out, in, buffer), bias);
        }
        Tensor weight = weights.tensor(name + ".weight", out, in);
        boolean wide = weights.type(name + ".weight") == DType.F32;
        return switch (precision) {
            case STORED, INT8 -> {
                if (wide) {
                    yield x -> product(x, weight, bias);
                }
                if (packs(weights)) {
                    Linears packed = new PackedLinears(weights, List.of(name), List.of(weight), bias);
                    yield x -> packed.forward(x).getFirst();
                }
                yield weights.parameters() <= small
                        ? resident(weights, weight, bias)
                        : widening(new PlainRows(weight, buffer), bias);
            }
            case FP32 -> resident(weights, weight, bias);
        };
    }

    /** Layers without bias that take the same input, where {@link #packs} says so. */
    Linears together(Weights weights, List<String> names, long in, long out) {
        List<Tensor> stored = names.stream()
                .map(name -> weights.tensor(name + ".weight", out, in))
                .toList();
        return new PackedLinears(weights, names, stored, null);
    }

    /** Whether {@link #make} would pack the weights of all {@code names}. */
    boolean packs(Weights weights, List<String> names) {
        return !weights.device().isCuda()
                && precision == Precision.STORED
                && packs(weights)
                && names.stream().allMatch(name -> weights.type(name + ".weight") != DType.F32);
    }

    private boolean packs(Weights weights) {
        return OneDnn.available() && weights.parameters() <= small;
    }

    private static Linear resident(Weights weights, Tensor stored, Tensor bias) {
        Tensor widened = float32(weights, stored);
        return x -> product(x, widened, bias);
    }

    /** {@code stored} in fp32, owned by {@code weights}. */
    static Tensor float32(Weights weights, Tensor stored) {
        return weights.own(Scopes.owned(() -> Tensors.to(stored, DType.F32)));
    }

    private Linear cuda(Weights weights, String name, long in, long out, boolean biased) {
        if (precision == Precision.INT8) {
            throw new EngineException(
                    "precision: int8 runs on the CPU only; on " + weights.device() + " use stored or fp32");
        }
        DType type = precision == Precision.FP32 ? DType.F32 : DType.BF16;
        Tensor weight = weights.own(Scopes.owned(() -> onCuda(weights, name + ".weight", type, out, in)));
        if (!biased) {
            return x -> torch.linear(x, weight);
        }
        Tensor bias = weights.own(Scopes.owned(() -> Tensors.to(weights.tensor(name + ".bias", out), type)));
        return x -> torch.linear(x, weight, new TensorOptional(bias));
    }

    /** Decoded on the CPU, so that the fp32 form of a quantised weight never takes a GPU's memory. */
    private static Tensor onCuda(Weights weights, String name, DType type, long... shape) {
        if (!weights.isEncoded(name)) {
            return Tensors.to(weights.tensor(name, shape), type);
        }
        weights.skip(name, shape);
        return Tensors.to(Tensors.to(weights.view(name), type), weights.device());
    }

    /** oneDNN's fp32 product measured 1.6 to 2.2 times as fast as the OpenBLAS one behind {@code torch.linear}; it has no gradient. */
    public static Tensor product(Tensor x, Tensor weight, Tensor bias) {
        if (OneDnn.available() && !GradMode.is_enabled()) {
            return OneDnn.linear(x, weight, bias);
        }
        return bias == null ? torch.linear(x, weight) : torch.linear(x, weight, new TensorOptional(bias));
    }

    /** A weight (rows, columns) that becomes fp32 piece by piece, in a buffer that all layers share. */
    private interface Rows {
        long rows();

        long columns();

        /** fp32 (count, columns), valid until the next call; owned by the innermost scope. */
        Tensor widened(long first, long count);

        /** All of it in fp32, apart from the buffer; owned by the innermost scope. */
        Tensor kept();
    }

    /** A tensor of 16-bit numbers. */
    private record PlainRows(Tensor weight, WideningBuffer buffer) implements Rows {
        @Override
        public long rows() {
            return weight.size(0);
        }

        @Override
        public long columns() {
            return weight.size(1);
        }

        @Override
        public Tensor widened(long first, long count) {
            return buffer.widen(weight.narrow(0, first, count));
        }

        @Override
        public Tensor kept() {
            return Tensors.to(weight, DType.F32);
        }
    }

    /** A matrix of a file whose numbers have to be decoded. */
    private record EncodedRows(Weights weights, String name, long rows, long columns, WideningBuffer buffer)
            implements Rows {
        @Override
        public Tensor widened(long first, long count) {
            Tensor out = buffer.floats(count, columns);
            weights.decode(name, first, out, torch.get_num_threads());
            return out;
        }

        @Override
        public Tensor kept() {
            return weights.view(name);
        }
    }

    private Linear widening(Rows weight, Tensor bias) {
        long rows = weight.rows();
        long columns = weight.columns();
        return x -> Scopes.scoped(() -> {
            if (GradMode.is_enabled()) {
                // Autograd keeps the widened weight until the backward pass; the shared buffer holds another one by
                // then.
                return product(x, weight.kept(), bias);
            }
            boolean few = x.numel() / columns <= FEW_TOKENS;
            long step = Math.max(1, (few ? fewTokensNumbers : wideNumbers) / columns);
            if (rows <= step) {
                return product(x, weight.widened(0, rows), bias);
            }
            long[] shape = Arrays.copyOf(x.shape(), x.shape().length);
            shape[shape.length - 1] = rows;
            Tensor out = Tensors.empty(DType.F32, shape);
            for (long at = 0; at < rows; at += step) {
                long first = at;
                long count = Math.min(step, rows - at);
                Scopes.run(() -> {
                    Tensor wide = weight.widened(first, count);
                    out.narrow(-1, first, count)
                            .copy_(product(x, wide, bias == null ? null : bias.narrow(0, first, count)));
                });
            }
            return out;
        });
    }
}
