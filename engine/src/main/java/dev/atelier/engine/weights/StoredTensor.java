package dev.atelier.engine.weights;

import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.EngineException;
import dev.atelier.engine.tensor.MappedMemory;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.bytedeco.pytorch.Tensor;

/**
 * A tensor as it lies in one or more files: parts that are joined along the first dimension. Where its numbers are of a type that libtorch
 * computes with they are used in place; else it is <em>encoded</em> and its numbers become fp32 when they are asked for.
 */
final class StoredTensor {
    /** Numbers that are decoded at a time: what both arrays of them need stays in a core's cache. */
    private static final int PIECE = 1 << 14;

    private final Path path;
    private final String name;
    private final long[] shape;
    private final List<Part> parts;

    /**
     * Consecutive rows in one place.
     *
     * @param type null unless the numbers are of this element type
     * @param format null where {@code type} is one that is never decoded
     * @param rows of {@link #columns} numbers
     * @param scales one for all rows or one for each; null: none
     */
    private record Part(DType type, BlockFormat format, MemorySegment bytes, long rows, float[] scales) {
        Part narrow(long first, long count) {
            if (count == rows) {
                return this;
            }
            if (bytes.byteSize() % rows != 0) {
                throw new EngineException("rows of " + format + " that do not begin with a block");
            }
            long row = bytes.byteSize() / rows;
            float[] own = scales == null || scales.length == 1
                    ? scales
                    : Arrays.copyOfRange(scales, (int) first, (int) (first + count));
            return new Part(type, format, bytes.asSlice(first * row, count * row), count, own);
        }

        boolean isEncoded() {
            return type == null || scales != null;
        }
    }

    private StoredTensor(Path path, String name, long[] shape, List<Part> parts) {
        this.path = path;
        this.name = name;
        this.shape = shape.clone();
        this.parts = List.copyOf(parts);
    }

    static StoredTensor plain(Path path, String name, DType type, MemorySegment bytes, long... shape) {
        Part part = new Part(type, BlockFormat.of(type).orElse(null), bytes, rows(shape), null);
        return new StoredTensor(path, name, shape, List.of(part));
    }

    /** @param format a row of {@code shape} is a whole number of its blocks */
    static StoredTensor of(Path path, String name, BlockFormat format, MemorySegment bytes, long... shape) {
        return new StoredTensor(path, name, shape, List.of(new Part(format.plain(), format, bytes, rows(shape), null)));
    }

    /** The same with every number multiplied by {@code scale}. @param scale one number, or one for each row */
    StoredTensor scaled(float[] scale) {
        List<Part> scaled = parts.stream()
                .map(part -> new Part(part.type, part.format, part.bytes, part.rows, scale))
                .toList();
        return new StoredTensor(path, name, shape, scaled);
    }

    /** Rows of a tensor: all but the last dimension, except that a vector is one row. */
    private static long rows(long... shape) {
        return shape.length < 2 ? 1 : count(Arrays.copyOf(shape, shape.length - 1));
    }

    static long count(long... shape) {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }

    Path path() {
        return path;
    }

    /** As the file names it. */
    String name() {
        return name;
    }

    long[] shape() {
        return shape.clone();
    }

    long numbers() {
        return count(shape);
    }

    /** The element type of {@link #tensor}. */
    DType type() {
        DType first = parts.getFirst().type;
        return !isEncoded() && parts.stream().allMatch(part -> part.type == first) ? first : DType.F32;
    }

    /** Whether its numbers have to be decoded. */
    boolean isEncoded() {
        return parts.stream().anyMatch(Part::isEncoded);
    }

    /** Whether it holds floating-point numbers. */
    boolean isFloating() {
        return parts.stream().allMatch(part -> part.format != null || part.type.isFloating());
    }

    /** The names of its formats. */
    String formats() {
        return parts.stream()
                .map(part -> part.format == null ? part.type.label() : part.format.name())
                .distinct()
                .collect(Collectors.joining("+"));
    }

    /** As the file has them, of a tensor in one part. */
    MemorySegment rawBytes() {
        return parts.getFirst().bytes;
    }

    /** Bytes that it takes in its files. */
    long bytes() {
        return parts.stream().mapToLong(part -> part.bytes.byteSize()).sum();
    }

    /** Rows {@code first} to {@code first + count} of a matrix. */
    StoredTensor narrow(long first, long count) {
        List<Part> inside = new ArrayList<>();
        long at = 0;
        for (Part part : parts) {
            long from = Math.max(first, at);
            long to = Math.min(first + count, at + part.rows);
            if (from < to) {
                inside.add(part.narrow(from - at, to - from));
            }
            at += part.rows;
        }
        return new StoredTensor(path, name, new long[] {count, shape[1]}, inside);
    }

    /** Matrices of the same width, one below the other. */
    static StoredTensor join(List<StoredTensor> tensors) {
        StoredTensor first = tensors.getFirst();
        long rows = 0;
        List<Part> parts = new ArrayList<>();
        for (StoredTensor tensor : tensors) {
            if (tensor.shape.length != 2 || first.shape.length != 2 || tensor.shape[1] != first.shape[1]) {
                throw new EngineException(tensor.path + ": " + tensor.name + ": shape " + Arrays.toString(tensor.shape)
                        + " does not go below " + first.name + ", " + Arrays.toString(first.shape));
            }
            rows += tensor.shape[0];
            parts.addAll(tensor.parts);
        }
        return new StoredTensor(first.path, first.name, new long[] {rows, first.shape[1]}, parts);
    }

    /** All numbers in their place where that is possible, else a copy; owned by the innermost scope. */
    Tensor tensor() {
        if (numbers() == 0) {
            return Tensors.empty(type(), shape);
        }
        if (isEncoded()) {
            return Scopes.scoped(() -> {
                Tensor out = Tensors.empty(DType.F32, shape);
                decode(0, rows(shape), MappedMemory.bytes(out));
                return out;
            });
        }
        if (parts.size() == 1) {
            return whole(parts.getFirst(), shape);
        }
        return Scopes.scoped(() -> Tensors.cat(
                0,
                parts.stream()
                        .map(part -> Tensors.to(whole(part, part.rows, shape[1]), type()))
                        .toList()));
    }

    private static Tensor whole(Part part, long... shape) {
        return part.bytes.address() % part.type.bytes() == 0
                ? MappedMemory.view(part.bytes, part.type, shape)
                : Scopes.scoped(() -> MappedMemory.copy(part.bytes, part.type, shape));
    }

    /**
     * Writes rows as fp32.
     *
     * @param out room for {@code count} rows
     * @throws EngineException naming the tensor where a number is NaN or infinite, or its type is not floating
     */
    void decode(long first, long count, MemorySegment out) {
        long at = 0;
        long written = 0;
        for (Part part : parts) {
            long from = Math.max(first, at);
            long to = Math.min(first + count, at + part.rows);
            if (from < to) {
                written += decode(part.narrow(from - at, to - from), out.asSlice(written));
            }
            at += part.rows;
        }
    }

    /** @return bytes written */
    private long decode(Part part, MemorySegment out) {
        if (part.format == null) {
            throw new EngineException(path + ": " + name + ": expected a floating-point type, found " + part.type);
        }
        long columns = numbers() / Math.max(1, rows(shape));
        // Without a scale of its own a row is no unit: blocks follow each other over all rows.
        boolean perRow = part.scales != null && part.scales.length > 1;
        long runs = perRow ? part.rows : 1;
        long run = perRow ? columns : part.rows * columns;
        Decoder decoder = new Decoder(part.format, Math.min(run, PIECE));
        for (long i = 0; i < runs; i++) {
            float scale = part.scales == null ? 1 : part.scales[perRow ? (int) i : 0];
            for (long done = 0; done < run; done += PIECE) {
                long numbers = Math.min(PIECE, run - done);
                if (!decoder.decode(part.bytes, i * run + done, (int) numbers, scale, out)) {
                    throw new EngineException(path + ": " + name + ": holds a number that is NaN or infinite ("
                            + part.format + "); the file is damaged or was made wrongly");
                }
            }
        }
        return part.rows * columns * Float.BYTES;
    }

    /** Two arrays between the file and fp32. */
    private static final class Decoder {
        private final BlockFormat format;
        private final byte[] in;
        private final float[] out;

        Decoder(BlockFormat format, long numbers) {
            this.format = format;
            in = new byte[(int) format.bytesOf(numbers)];
            out = new float[(int) numbers];
        }

        boolean decode(MemorySegment from, long first, int numbers, float scale, MemorySegment to) {
            int bytes = (int) format.bytesOf(numbers);
            MemorySegment.copy(from, format.bytesOf(first), MemorySegment.ofArray(in), 0, bytes);
            boolean finite = format.decode(in, 0, out, 0, numbers / format.numbers());
            if (scale != 1) {
                for (int i = 0; i < numbers; i++) {
                    out[i] *= scale;
                }
            }
            MemorySegment.copy(MemorySegment.ofArray(out), 0, to, first * Float.BYTES, (long) numbers * Float.BYTES);
            return finite;
        }
    }
}
