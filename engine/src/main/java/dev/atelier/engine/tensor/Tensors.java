package dev.atelier.engine.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Makes tensors and reads them out, past the overloads of the bindings that crash or leak. */
public final class Tensors {
    private Tensors() {}

    /** A float32 CPU tensor of {@code shape} with a copy of {@code data} (row-major). */
    public static Tensor of(float[] data, long... shape) {
        requireCount(data.length, shape);
        Tensor out = empty(DType.F32, shape);
        FloatPointer pointer = new FloatPointer(out.data_ptr()).capacity(data.length);
        pointer.put(data);
        pointer.deallocate(false);
        return out;
    }

    /** An int64 CPU tensor of {@code shape} with a copy of {@code data} (row-major). */
    public static Tensor of(long[] data, long... shape) {
        requireCount(data.length, shape);
        Tensor out = empty(DType.I64, shape);
        LongPointer pointer = new LongPointer(out.data_ptr()).capacity(data.length);
        pointer.put(data);
        pointer.deallocate(false);
        return out;
    }

    /** An unsigned 8-bit CPU tensor of {@code shape} with a copy of {@code data} (row-major). */
    public static Tensor of(byte[] data, long... shape) {
        requireCount(data.length, shape);
        Tensor out = empty(DType.U8, shape);
        BytePointer pointer = new BytePointer(out.data_ptr()).capacity(data.length);
        pointer.put(data);
        pointer.deallocate(false);
        return out;
    }

    /** An uninitialised CPU tensor. */
    public static Tensor empty(DType type, long... shape) {
        return torch.empty(shape, options(type, Device.CPU), null);
    }

    public static Tensor zeros(DType type, long... shape) {
        return torch.zeros(shape, options(type, Device.CPU));
    }

    public static Tensor ones(DType type, long... shape) {
        return torch.ones(shape, options(type, Device.CPU));
    }

    /** A tensor of {@code shape} filled with {@code value}. */
    public static Tensor full(double value, DType type, long... shape) {
        return torch.full(shape, new Scalar(value), options(type, Device.CPU));
    }

    /** 0, 1, … {@code count}-1 as float64. */
    public static Tensor range(long count) {
        double[] values = new double[Math.toIntExact(count)];
        Arrays.setAll(values, i -> i);
        Tensor out = empty(DType.F64, count);
        var pointer = new org.bytedeco.javacpp.DoublePointer(out.data_ptr()).capacity(count);
        pointer.put(values);
        pointer.deallocate(false);
        return out;
    }

    public static TensorOptions options(DType type, Device device) {
        TensorOptions options = new TensorOptions(type.scalarType());
        return device.isCuda() ? options.device(new org.bytedeco.pytorch.DeviceOptional(device.toTorch())) : options;
    }

    public static Tensor to(Tensor tensor, DType type) {
        return tensor.scalar_type().intern() == type.scalarType() ? tensor : tensor.to(type.scalarType());
    }

    /** {@code tensor} on {@code device}; itself when it is there already. */
    public static Tensor to(Tensor tensor, Device device) {
        if (tensor.is_cuda() == device.isCuda()
                && (!device.isCuda() || tensor.device().index() == device.index())) {
            return tensor;
        }
        return tensor.to(device.toTorch(), tensor.scalar_type().intern());
    }

    public static Tensor cat(long dim, Tensor... parts) {
        return torch.cat(new TensorVector(parts), dim);
    }

    public static Tensor cat(long dim, List<Tensor> parts) {
        return cat(dim, parts.toArray(Tensor[]::new));
    }

    /**
     * Views of consecutive parts of {@code x} along {@code dim}. Where gradients are wanted this is cheaper than several narrows,
     * each of which would make a gradient of the whole size.
     *
     * @param sizes of the parts; they add up to the size of {@code dim}
     */
    public static List<Tensor> split(Tensor x, long dim, long... sizes) {
        TensorVector parts = torch.split_with_sizes(x, sizes, dim);
        List<Tensor> out = new ArrayList<>();
        for (long i = 0; i < parts.size(); i++) {
            out.add(new Tensor(parts.get(i)));
        }
        return out;
    }

    public static Tensor stack(long dim, List<Tensor> parts) {
        return torch.stack(new TensorVector(parts.toArray(Tensor[]::new)), dim);
    }

    /** The shape as plain longs. */
    public static long[] shape(Tensor tensor) {
        return tensor.shape();
    }

    /** The elements as floats in row-major order, whatever the element type and device. */
    public static float[] toFloats(Tensor tensor) {
        float[] out = new float[Math.toIntExact(tensor.numel())];
        Scopes.run(() -> {
            Tensor plain = to(to(tensor, Device.CPU), DType.F32).contiguous();
            FloatPointer pointer = new FloatPointer(plain.data_ptr()).capacity(out.length);
            pointer.deallocate(false);
            pointer.get(out);
        });
        return out;
    }

    /** The elements as longs in row-major order. */
    public static long[] toLongs(Tensor tensor) {
        long[] out = new long[Math.toIntExact(tensor.numel())];
        Scopes.run(() -> {
            Tensor plain = to(to(tensor, Device.CPU), DType.I64).contiguous();
            LongPointer pointer = new LongPointer(plain.data_ptr()).capacity(out.length);
            pointer.deallocate(false);
            pointer.get(out);
        });
        return out;
    }

    /** The elements as unsigned bytes in row-major order; values outside 0 to 255 are the caller's fault. */
    public static byte[] toBytes(Tensor tensor) {
        byte[] out = new byte[Math.toIntExact(tensor.numel())];
        Scopes.run(() -> {
            Tensor plain = to(to(tensor, Device.CPU), DType.U8).contiguous();
            BytePointer pointer = new BytePointer(plain.data_ptr()).capacity(out.length);
            pointer.deallocate(false);
            pointer.get(out);
        });
        return out;
    }

    /** ‖a − b‖ / ‖b‖ in float64; 0 when both are zero. */
    public static double relativeError(Tensor a, Tensor b) {
        return Scopes.plain(() -> {
            Tensor wide = to(to(b, Device.CPU), DType.F64);
            Tensor difference = to(to(a, Device.CPU), DType.F64).sub(wide);
            double error = difference.norm().item_double();
            double scale = wide.norm().item_double();
            return error == 0 ? 0 : error / scale;
        });
    }

    private static void requireCount(int count, long[] shape) {
        long expected = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        if (count != expected) {
            throw new EngineException(count + " elements do not fill shape " + Arrays.toString(shape));
        }
    }
}
