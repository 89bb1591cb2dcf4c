package dev.atelier.engine.tensor;

import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.GenericList;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.OperatorHandle;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Matrix products of oneDNN that libtorch offers through its operator registry only. They have no gradient. Where libtorch was
 * built without oneDNN, {@link #available} is false and only {@link #integerProduct} may be called.
 */
public final class OneDnn {
    private static final int LINEAR_SCALARS = 4;

    private OneDnn() {}

    public static boolean available() {
        return torch.hasMKLDNN();
    }

    /**
     * {@code x weightᵀ + bias} in the type of {@code x}, {@code torch.linear} by another library.
     *
     * @param x (…, in)
     * @param weight (out, in)
     * @param bias (out); may be null
     * @return (…, out), owned by the innermost scope
     */
    public static Tensor linear(Tensor x, Tensor weight, Tensor bias) {
        return Scopes.scoped(() -> {
            OperatorHandle operator = Dispatcher.singleton().findSchemaOrThrow("mkldnn::_linear_pointwise", "");
            // The list must carry the element type that the operator declares, Scalar?.
            GenericList none = new GenericList(operator.schema()
                    .arguments()
                    .getPointer(LINEAR_SCALARS)
                    .type()
                    .get()
                    .containedType(0));
            return call(
                    operator,
                    new IValue(x),
                    new IValue(weight),
                    bias == null ? new IValue() : new IValue(bias),
                    new IValue("none"),
                    new IValue(none),
                    new IValue(""));
        });
    }

    /**
     * The exact product of 8-bit numbers, written to {@code out}.
     *
     * @param out int32 (M, N)
     * @param a int8 (M, K)
     * @param b int8 (K, N), of any strides
     */
    public static void integerProduct(Tensor out, Tensor a, Tensor b) {
        Scopes.run(() -> {
            OperatorHandle operator = Dispatcher.singleton().findSchemaOrThrow("aten::_int_mm", "out");
            call(operator, new IValue(a), new IValue(b), new IValue(out));
        });
    }

    private static Tensor call(OperatorHandle operator, IValue... arguments) {
        IValueVector stack = new IValueVector(arguments);
        operator.callBoxed(stack);
        return new Tensor(stack.get(0).toTensor());
    }
}
