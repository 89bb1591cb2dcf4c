package dev.atelier.engine.tensor;

import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
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
     * @param weight (out, in), or what {@link #packed} made of it
     * @param bias (out); may be null
     * @return (…, out), owned by the innermost scope
     */
    public static Tensor linear(Tensor x, Tensor weight, Tensor bias) {
        return Scopes.scoped(() -> call(
                LinearOperator.HANDLE,
                new IValue(x),
                new IValue(weight),
                bias == null ? LinearOperator.NOTHING : new IValue(bias),
                LinearOperator.NO_ACTIVATION,
                LinearOperator.NO_SCALARS,
                LinearOperator.NO_ALGORITHM));
    }

    /**
     * A weight in the order of numbers that {@link #linear} multiplies fastest; it orders any other anew at each call. Only
     * {@link #linear} understands the result.
     *
     * @param weight (out, in)
     * @return owned by the innermost scope
     */
    public static Tensor packed(Tensor weight) {
        return Scopes.scoped(() -> {
            OperatorHandle operator = Dispatcher.singleton().findSchemaOrThrow("mkldnn::_reorder_linear_weight", "");
            return call(operator, new IValue(weight), new IValue());
        });
    }

    /** What every call of the linear operator needs again; looking it up took a third of a small product's time. */
    private static final class LinearOperator {
        static final OperatorHandle HANDLE;
        static final IValue NOTHING = kept(new IValue());
        static final IValue NO_ACTIVATION = kept(new IValue("none"));
        static final IValue NO_SCALARS;
        static final IValue NO_ALGORITHM = kept(new IValue(""));

        static {
            HANDLE = kept(Dispatcher.singleton().findSchemaOrThrow("mkldnn::_linear_pointwise", ""));
            // The list must carry the element type that the operator declares, Scalar?.
            NO_SCALARS = kept(new IValue(kept(new GenericList(HANDLE.schema()
                    .arguments()
                    .getPointer(LINEAR_SCALARS)
                    .type()
                    .get()
                    .containedType(0)))));
        }

        private LinearOperator() {}

        /** Out of whatever scope is open when it is made: it lasts as long as the process. */
        private static <P extends Pointer> P kept(P pointer) {
            pointer.retainReference();
            PointerScope scope = PointerScope.getInnerScope();
            if (scope != null) {
                scope.detach(pointer);
            }
            return pointer;
        }
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
