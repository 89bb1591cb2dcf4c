package dev.atelier.engine.reference;

import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.weights.SafetensorsWriter;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/** Tensors of a component, made from a seed when they are first asked for; what was asked for can be written as its file. */
public final class SeededWeights {
    private final long seed;
    private final DType type;
    private final Map<String, Entry> tensors = new TreeMap<>();
    private final TreeSet<String> counters = new TreeSet<>();

    private record Entry(long[] shape, double[] values) {}

    /** @param type F32 or BF16, to which the numbers are rounded */
    SeededWeights(long seed, DType type) {
        this.seed = seed;
        this.type = type;
    }

    /** The numbers of a tensor, row-major. @throws IllegalStateException when it was asked for with another shape */
    double[] get(String name, int... shape) {
        Entry entry = tensors.computeIfAbsent(name, _ -> make(name, shape));
        if (entry.values.length != count(shape)) {
            throw new IllegalStateException(name + " has " + entry.values.length + " numbers, not " + count(shape));
        }
        return entry.values;
    }

    /** A whole number that nothing is computed with. */
    void counter(String name) {
        counters.add(name);
    }

    private static int count(int... shape) {
        int out = 1;
        for (int side : shape) {
            out *= side;
        }
        return out;
    }

    /** Matrices keep the size of what they multiply, about; norms are near 1, biases near 0. */
    private Entry make(String name, int... shape) {
        SplittableRandom random = new SplittableRandom(seed * 1_000_003 + name.hashCode());
        double[] values = new double[count(shape)];
        boolean matrix = shape.length > 1;
        boolean positive = name.endsWith("running_var") || name.endsWith("weight");
        double deviation = matrix ? 1 / Math.sqrt((double) values.length / shape[0]) : 0.3;
        // A small variance of some latents, so that the eps beside it counts.
        double small = name.endsWith("running_var") ? 2e-4 : 1;
        long[] sizes = new long[shape.length];
        for (int i = 0; i < shape.length; i++) {
            sizes[i] = shape[i];
        }
        for (int i = 0; i < values.length; i++) {
            double centred = random.nextGaussian() * deviation;
            double value = !matrix && positive ? Math.exp(centred) * (i % 2 == 0 ? small : 1) : centred;
            values[i] = type == DType.BF16 ? bfloat16(value) : (float) value;
        }
        return new Entry(sizes, values);
    }

    private static double bfloat16(double value) {
        int bits = Float.floatToRawIntBits((float) value);
        return Float.intBitsToFloat((bits + 0x7fff + (bits >>> 16 & 1)) & 0xffff0000);
    }

    /** Writes every tensor that was asked for. */
    void write(Path file) {
        List<SafetensorsWriter.Declared> declared = new ArrayList<>();
        tensors.forEach((name, entry) -> declared.add(new SafetensorsWriter.Declared(name, type, entry.shape)));
        counters.forEach(name -> declared.add(new SafetensorsWriter.Declared(name, DType.I64)));
        try (SafetensorsWriter writer = SafetensorsWriter.create(file, declared, Map.of("format", "pt"))) {
            tensors.forEach((name, entry) -> writer.append(name, MemorySegment.ofArray(bytes(entry.values))));
            counters.forEach(name -> writer.append(name, MemorySegment.ofArray(new byte[DType.I64.bytes()])));
            writer.finish();
        }
    }

    private byte[] bytes(double[] values) {
        ByteBuffer out = ByteBuffer.allocate(values.length * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        for (double value : values) {
            int bits = Float.floatToRawIntBits((float) value);
            if (type == DType.BF16) {
                out.putShort((short) (bits >>> 16));
            } else {
                out.putInt(bits);
            }
        }
        return out.array();
    }
}
