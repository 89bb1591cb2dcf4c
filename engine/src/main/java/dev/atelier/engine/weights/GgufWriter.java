package dev.atelier.engine.weights;

import dev.atelier.engine.tensor.EngineException;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Writes a GGUF file of version 3, tensor after tensor in the order they were declared in; {@link GgufHeader} says what lies where. The file
 * appears under its name only when it is whole.
 */
final class GgufWriter implements AutoCloseable {
    private static final int VERSION = 3;
    private static final int UINT32 = 4;
    private static final int FLOAT32 = 6;
    private static final int STRING = 8;

    private final Path file;
    private final NewFile out;
    private final List<Declared> tensors;
    private final long dataStart;
    private int current;
    private long begin; // of the current tensor, counted from the start of the data
    private long written; // of the current tensor

    /** A tensor to come. @param shape row-major */
    record Declared(String name, BlockFormat format, long... shape) {
        long bytes() {
            return format.bytesOf(StoredTensor.count(shape));
        }
    }

    private GgufWriter(Path file, NewFile out, List<Declared> tensors, long dataStart) {
        this.file = file;
        this.out = out;
        this.tensors = List.copyOf(tensors);
        this.dataStart = dataStart;
    }

    /**
     * Begins {@code file}.
     *
     * @param metadata texts, {@code Integer}s (written as unsigned) and {@code Float}s
     * @throws EngineException when the file cannot be written
     */
    static GgufWriter create(Path file, List<Declared> tensors, Map<String, Object> metadata) {
        Header header = new Header();
        header.out.writeBytes(GgufHeader.MAGIC.getBytes(StandardCharsets.US_ASCII));
        header.int32(VERSION);
        header.int64(tensors.size());
        header.int64(metadata.size());
        metadata.forEach(header::pair);
        long at = 0;
        for (Declared tensor : tensors) {
            header.text(tensor.name());
            header.int32(tensor.shape().length);
            for (int i = tensor.shape().length - 1; i >= 0; i--) {
                header.int64(tensor.shape()[i]);
            }
            header.int32(GgmlType.of(tensor.format()).number());
            header.int64(at);
            at = aligned(at + tensor.bytes());
        }
        GgufWriter writer = new GgufWriter(file, NewFile.create(file), tensors, aligned(header.out.size()));
        try {
            writer.out.write(ByteBuffer.wrap(header.out.toByteArray()), 0);
            writer.pad(header.out.size(), writer.dataStart);
        } catch (RuntimeException e) {
            writer.close();
            throw e;
        }
        return writer;
    }

    private static long aligned(long at) {
        return Math.ceilDiv(at, GgufHeader.DEFAULT_ALIGNMENT) * GgufHeader.DEFAULT_ALIGNMENT;
    }

    private void pad(long from, long to) {
        out.write(ByteBuffer.allocate((int) (to - from)), from);
    }

    /** Writes the next bytes of the current tensor. @throws EngineException when more bytes come than its shape holds */
    void append(MemorySegment bytes) {
        Declared tensor = tensors.get(current);
        if (bytes.byteSize() > tensor.bytes() - written) {
            throw new EngineException(file + ": " + tensor.name() + ": " + bytes.byteSize() + " bytes given, "
                    + (tensor.bytes() - written) + " expected");
        }
        out.write(bytes, dataStart + begin + written);
        written += bytes.byteSize();
    }

    /** Ends the current tensor. @throws EngineException when it is not whole */
    void next() {
        Declared tensor = tensors.get(current);
        if (written != tensor.bytes()) {
            throw new EngineException(
                    file + ": " + tensor.name() + ": " + written + " of " + tensor.bytes() + " bytes were written");
        }
        long end = begin + written;
        begin = aligned(end);
        pad(dataStart + end, dataStart + begin);
        written = 0;
        current++;
    }

    /** Puts the file in its place. @throws EngineException when a tensor is missing, or the system refuses */
    void finish() {
        if (current != tensors.size()) {
            throw new EngineException(file + ": " + tensors.get(current).name() + ": missing");
        }
        out.publish();
    }

    /** Ends writing; without {@link #finish} nothing is left behind. */
    @Override
    public void close() {
        out.close();
    }

    private static final class Header {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        void int32(int value) {
            out.writeBytes(ByteBuffer.allocate(4)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(value)
                    .array());
        }

        void int64(long value) {
            out.writeBytes(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(value)
                    .array());
        }

        void text(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            int64(bytes.length);
            out.writeBytes(bytes);
        }

        void pair(String key, Object value) {
            text(key);
            switch (value) {
                case Integer number -> {
                    int32(UINT32);
                    int32(number);
                }
                case Float number -> {
                    int32(FLOAT32);
                    int32(Float.floatToRawIntBits(number));
                }
                default -> {
                    int32(STRING);
                    text(value.toString());
                }
            }
        }
    }
}
