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
     * A weight in the order of numbers that {@link #linear} multiplies fastest; any other is reordered at each call. Only
     * {@link #linear} understands the result. Where {@code out} does not fill oneDNN's blocks of outputs, {@link #linear} was seen to
     * multiply it wrongly, without any sign.
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
     * The product of 8-bit numbers, written to {@code out}; exact unless {@link #cutsOffPairs}.
     *
     * @param out int32 (M, N)
     * @param a int8 (M, K)
     * @param b int8 (K, N), of any strides
     * @throws IllegalArgumentException when K or N is 1: libtorch leaves {@code out} as it was for K, and exchanges {@code a} and {@code b} for N
     */
    public static void integerProduct(Tensor out, Tensor a, Tensor b) {
        if (b.size(0) < 2 || b.size(1) < 2) {
            throw new IllegalArgumentException(
                    "integer product: K and N must be at least 2, K is " + b.size(0) + ", N is " + b.size(1));
        }
        Scopes.run(() -> {
            OperatorHandle operator = Dispatcher.singleton().findSchemaOrThrow("aten::_int_mm", "out");
            call(operator, new IValue(a), new IValue(b), new IValue(out));
        });
    }

    /**
     * Whether {@link #integerProduct} cuts off sums of two products at 16 bits, as it does on x86 processors without VNNI: it adds 128 to
     * the numbers of {@code a}, so that {@code (a[m,k] + 128) b[k,n] + (a[m,k+1] + 128) b[k+1,n]}, k even, must lie between -32768 and 32767.
     * Measured once.
     */
    public static boolean cutsOffPairs() {
        return IntegerPairs.CUT_OFF;
    }

    private static final class IntegerPairs {
        private static final int SIDE = 64;

        static final boolean CUT_OFF = Scopes.plain(() -> {
            Tensor largest = Tensors.full(Byte.MAX_VALUE, DType.I8, SIDE, SIDE);
            Tensor sums = Tensors.empty(DType.I32, SIDE, SIDE);
            integerProduct(sums, largest, largest.t());
            return sums.min().item_int() != Byte.MAX_VALUE * Byte.MAX_VALUE * SIDE;
        });

        private IntegerPairs() {}
    }

    private static Tensor call(OperatorHandle operator, IValue... arguments) {
        IValueVector stack = new IValueVector(arguments);
        operator.callBoxed(stack);
        return new Tensor(stack.get(0).toTensor());
    }
}
