package dev.atelier.engine.weights;

import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.Device;
import dev.atelier.engine.tensor.EngineException;
import dev.atelier.engine.tensor.MappedMemory;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes a safetensors file. The file appears under its name only when it is whole and on disk: a writer that is closed without
 * {@link #finish}, or a process that dies, leaves what stood there before.
 *
 * <p>Names, types and shapes are declared first, data follows in any order and any number of pieces, so that a file larger than
 * memory can be written:
 *
 * <pre>{@code
 * try (var writer = SafetensorsWriter.create(file, List.of(new Declared("weight", DType.BF16, 4096, 4096)), Map.of())) {
 *     writer.put("weight", tensor);
 *     writer.finish();
 * }
 * }</pre>
 */
public final class SafetensorsWriter implements AutoCloseable {
    /** The header is padded to this, so that the data of any element type lies aligned in a mapping. */
    private static final int ALIGNMENT = 64;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path file;
    private final NewFile out;
    private final Map<String, Slot> slots;
    private final long dataStart;

    /** A tensor to come. */
    public record Declared(String name, DType type, long... shape) {
        public Declared {
            shape = shape.clone();
        }

        long bytes() {
            return Arrays.stream(shape).reduce(type.bytes(), Math::multiplyExact);
        }
    }

    /** Where a tensor's bytes go, and how many of them have come. */
    private static final class Slot {
        final Declared declared;
        final long begin; // counted from the end of the header
        long written;

        Slot(Declared declared, long begin) {
            this.declared = declared;
            this.begin = begin;
        }
    }

    private SafetensorsWriter(Path file, NewFile out, Map<String, Slot> slots, int headerBytes) {
        this.file = file;
        this.out = out;
        this.slots = slots;
        this.dataStart = SafetensorsHeader.LENGTH_BYTES + headerBytes;
    }

    /**
     * Writes {@code tensors}, whatever their device and strides, in the types they have. Replaces {@code file}.
     *
     * @param metadata free-form texts for the header
     * @throws EngineException naming the file when it cannot be written; it is then as it was before
     */
    public static void write(Path file, Map<String, Tensor> tensors, Map<String, String> metadata) {
        List<Declared> declared = new ArrayList<>();
        tensors.forEach((name, tensor) -> declared.add(new Declared(name, DType.of(tensor), tensor.shape())));
        try (SafetensorsWriter writer = create(file, declared, metadata)) {
            tensors.forEach(writer::put);
            writer.finish();
        }
    }

    /**
     * Begins {@code file}, whose folder is made if need be.
     *
     * @throws EngineException when a name is declared twice or the file cannot be written
     */
    public static SafetensorsWriter create(Path file, List<Declared> tensors, Map<String, String> metadata) {
        // Widest elements first, as the reference writer has it: every tensor then begins at a multiple of its element
        // size.
        List<Declared> order = new ArrayList<>(tensors);
        order.sort(Comparator.<Declared>comparingInt(d -> d.type().bytes()).reversed());
        Map<String, Slot> slots = new LinkedHashMap<>();
        ObjectNode root = JSON.createObjectNode();
        ObjectNode texts = JSON.createObjectNode();
        metadata.forEach(texts::put);
        root.set("__metadata__", texts);
        long at = 0;
        for (Declared d : order) {
            if (slots.put(d.name(), new Slot(d, at)) != null) {
                throw new EngineException(file + ": " + d.name() + ": declared twice");
            }
            ObjectNode entry = root.putObject(d.name()).put("dtype", d.type().label());
            entry.putPOJO("shape", d.shape());
            entry.putPOJO("data_offsets", new long[] {at, at + d.bytes()});
            at += d.bytes();
        }
        byte[] header = padded(JSON.writeValueAsString(root));
        SafetensorsWriter writer = new SafetensorsWriter(file, NewFile.create(file), slots, header.length);
        writer.writeHeader(header);
        return writer;
    }

    private static byte[] padded(String json) {
        byte[] text = json.getBytes(StandardCharsets.UTF_8);
        int whole = Math.ceilDiv(SafetensorsHeader.LENGTH_BYTES + text.length, ALIGNMENT) * ALIGNMENT;
        byte[] out = Arrays.copyOf(text, whole - SafetensorsHeader.LENGTH_BYTES);
        Arrays.fill(out, text.length, out.length, (byte) ' ');
        return out;
    }

    private void writeHeader(byte[] header) {
        ByteBuffer bytes = ByteBuffer.allocate(SafetensorsHeader.LENGTH_BYTES + header.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length)
                .put(header)
                .flip();
        try {
            out.write(bytes, 0);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Writes the whole of a declared tensor.
     *
     * @throws EngineException when type or shape are not the declared ones
     */
    public void put(String name, Tensor tensor) {
        Declared declared = slot(name).declared;
        if (DType.of(tensor) != declared.type() || !Arrays.equals(tensor.shape(), declared.shape())) {
            throw new EngineException(file + ": " + name + ": declared " + declared.type() + " "
                    + Arrays.toString(declared.shape()) + ", given " + DType.of(tensor) + " "
                    + Arrays.toString(tensor.shape()));
        }
        Scopes.run(() -> {
            Tensor plain = Tensors.to(tensor, Device.CPU).contiguous();
            append(name, MappedMemory.bytes(plain));
        });
    }

    /**
     * Writes the next bytes of a declared tensor, row-major.
     *
     * @throws EngineException when more bytes come than its shape holds
     */
    public void append(String name, MemorySegment bytes) {
        Slot slot = slot(name);
        long left = slot.declared.bytes() - slot.written;
        if (bytes.byteSize() > left) {
            throw new EngineException(
                    file + ": " + name + ": " + bytes.byteSize() + " bytes given, " + left + " expected");
        }
        out.write(bytes, dataStart + slot.begin + slot.written);
        slot.written += bytes.byteSize();
    }

    /**
     * Puts the file in its place.
     *
     * @throws EngineException when a declared tensor is not whole, or the system refuses
     */
    public void finish() {
        for (Slot slot : slots.values()) {
            if (slot.written != slot.declared.bytes()) {
                throw new EngineException(file + ": " + slot.declared.name() + ": " + slot.written + " of "
                        + slot.declared.bytes() + " bytes were written");
            }
        }
        out.publish();
    }

    /** Ends writing; without {@link #finish} nothing is left behind. */
    @Override
    public void close() {
        out.close();
    }

    private Slot slot(String name) {
        Slot slot = slots.get(name);
        if (slot == null) {
            throw new EngineException(file + ": " + name + ": not declared");
        }
        return slot;
    }
}
