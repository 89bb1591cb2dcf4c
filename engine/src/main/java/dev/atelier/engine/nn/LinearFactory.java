package dev.atelier.engine.nn;

import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.EngineException;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import dev.atelier.engine.weights.Weights;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** Makes {@link Linear} layers from stored weights in one {@link Precision}. */
public final class LinearFactory {
    private final Precision precision;
    private final WideningBuffer buffer;

    /** @param buffer where 16-bit weights are widened to; shared by all layers of a device thread */
    public LinearFactory(Precision precision, WideningBuffer buffer) {
        this.precision = precision;
        this.buffer = buffer;
    }

    /** Layers in full precision (on a GPU, in the type that everything else has there). */
    public static LinearFactory full(WideningBuffer buffer) {
        return new LinearFactory(Precision.STORED, buffer);
    }

    Linear make(Weights weights, String name, long in, long out, boolean biased) {
        Tensor weight = weights.tensor(name + ".weight", out, in);
        Tensor bias = biased ? weights.tensor(name + ".bias", out) : null;
        if (weights.device().isCuda()) {
            return cuda(weights, weight, bias);
        }
        Tensor wideBias = bias == null ? null : weights.own(Scopes.owned(() -> Tensors.to(bias, DType.F32)));
        DType stored = weights.type(name + ".weight");
        return switch (precision) {
            case STORED -> stored == DType.F32 ? plain(weight, wideBias) : widening(weight, wideBias);
            case FP32 -> plain(weights.own(Scopes.owned(() -> Tensors.to(weight, DType.F32))), wideBias);
            case INT8 -> throw new EngineException("int8");
        };
    }

    private Linear cuda(Weights weights, Tensor weight, Tensor bias) {
        if (precision == Precision.INT8) {
            throw new EngineException(
                    "precision: int8 runs on the CPU only; on " + weights.device() + " use stored or fp32");
        }
        DType type = precision == Precision.FP32 ? DType.F32 : DType.BF16;
        Tensor typed = weights.own(Scopes.owned(() -> Tensors.to(weight, type)));
        return plain(typed, bias == null ? null : weights.own(Scopes.owned(() -> Tensors.to(bias, type))));
    }

    private static Linear plain(Tensor weight, Tensor bias) {
        return bias == null ? x -> torch.linear(x, weight) : x -> torch.linear(x, weight, new TensorOptional(bias));
    }

    private Linear widening(Tensor weight, Tensor bias) {
        return x -> Scopes.scoped(() -> {
            Tensor wide = buffer.widen(weight);
            return bias == null ? torch.linear(x, wide) : torch.linear(x, wide, new TensorOptional(bias));
        });
    }
}
