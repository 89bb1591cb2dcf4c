package dev.atelier.engine.weights;

import dev.atelier.engine.tensor.EngineException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The header of a GGUF file, everything little endian: {@code "GGUF"}, version (u32), number of tensors and of key-value pairs (u64 each);
 * the pairs (key, type u32, value); the tensors (name, number of dimensions u32, dimensions u64 with that of the rows' numbers first, type u32,
 * offset u64); then, at the next multiple of {@code general.alignment}, the data that offsets count from. A text is its length (u64) and its
 * bytes; an array its element type (u32), its length (u64) and its elements. Source: {@code docs/gguf.md} of ggml-org/ggml.
 *
 * @param entries by name, in the order of the file
 * @param metadata single values as texts, and short arrays of whole numbers as their texts joined by commas; longer arrays, such as
 *     vocabularies, are passed over
 * @param dataStart byte of the file that offsets count from
 */
record GgufHeader(Map<String, Entry> entries, Map<String, String> metadata, long dataStart) {
    static final String ALIGNMENT = "general.alignment";
    static final int DEFAULT_ALIGNMENT = 32;
    static final String MAGIC = "GGUF";

    private static final int MAX_DIMENSIONS = 4;
    private static final long MAX_TENSORS = 1 << 16;
    private static final long MAX_PAIRS = 1 << 16;
    private static final int MAX_NAME_BYTES = 1 << 10;
    private static final long MAX_ALIGNMENT = 1 << 20;
    /** Fewest bytes of a tensor's entry: an empty name, no dimension. */
    private static final int LEAST_TENSOR_BYTES = 24;
    /** Fewest bytes of a pair: an empty key and one byte. */
    private static final int LEAST_PAIR_BYTES = 13;

    /**
     * @param shape row-major: the dimension of the rows' numbers last
     * @param offset first byte, counted from {@code dataStart}
     */
    record Entry(BlockFormat format, long[] shape, long offset) {
        long bytes() {
            return format.bytesOf(StoredTensor.count(shape));
        }
    }

    /**
     * Checks everything that a reader relies on: counts, lengths and offsets against the bytes that there are, types that are read, rows of
     * whole blocks, names that differ, data that do not overlap.
     *
     * @param file for messages
     * @param all the whole file
     * @throws EngineException naming the file, the place, what was found and what was expected
     */
    static GgufHeader parse(Path file, MemorySegment all) {
        GgufCursor cursor = new GgufCursor(file, all);
        cursor.at("the beginning");
        cursor.skip(MAGIC.length());
        long version = cursor.uint32();
        if (version != 2 && version != 3) {
            boolean swapped = version == 2 << 24 || version == 3 << 24;
            throw cursor.wrong(
                    swapped
                            ? "written for processors of the other byte order (big endian); little-endian files are read"
                            : "GGUF version " + version + "; versions 2 and 3 are read");
        }
        long tensors = cursor.count("tensors", MAX_TENSORS, LEAST_TENSOR_BYTES);
        long pairs = cursor.count("key-value pairs", MAX_PAIRS, LEAST_PAIR_BYTES);
        Map<String, String> metadata = new LinkedHashMap<>();
        for (long i = 0; i < pairs; i++) {
            cursor.at("key-value pair " + (i + 1) + " of " + pairs);
            String key = cursor.name("key", MAX_NAME_BYTES);
            cursor.at("key '" + key + "'");
            if (metadata.putIfAbsent(key, cursor.value()) != null) {
                throw cursor.wrong("it is there twice");
            }
        }
        requireWhole(cursor, metadata);
        long alignment = alignment(cursor, metadata);
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (long i = 0; i < tensors; i++) {
            cursor.at("tensor " + (i + 1) + " of " + tensors);
            String name = cursor.name("name", MAX_NAME_BYTES);
            cursor.at("tensor '" + name + "'");
            if (entries.putIfAbsent(name, entry(cursor, metadata, name, alignment)) != null) {
                throw cursor.wrong("it is there twice");
            }
        }
        long dataStart = (cursor.position() + alignment - 1) / alignment * alignment;
        requireInside(file, entries, Math.max(0, all.byteSize() - dataStart));
        return new GgufHeader(entries, metadata, Math.min(dataStart, all.byteSize()));
    }

    private static void requireWhole(GgufCursor cursor, Map<String, String> metadata) {
        String parts = metadata.getOrDefault("split.count", "0");
        if (!parts.equals("0") && !parts.equals("1")) {
            throw cursor.wrong("one of " + parts
                    + " parts of a split GGUF; whole files are read (llama.cpp's gguf-split --merge puts it together)");
        }
    }

    private static long alignment(GgufCursor cursor, Map<String, String> metadata) {
        String text = metadata.getOrDefault(ALIGNMENT, String.valueOf(DEFAULT_ALIGNMENT));
        long alignment = text.matches("\\d{1,9}") ? Long.parseLong(text) : 0;
        if (alignment < 8 || alignment > MAX_ALIGNMENT || Long.bitCount(alignment) != 1) {
            throw cursor.wrong(ALIGNMENT + ": " + text + "; expected a power of two in 8 to " + MAX_ALIGNMENT);
        }
        return alignment;
    }

    private static Entry entry(GgufCursor cursor, Map<String, String> metadata, String name, long alignment) {
        long dimensions = cursor.uint32();
        if (dimensions > MAX_DIMENSIONS) {
            throw cursor.wrong(dimensions + " dimensions; at most " + MAX_DIMENSIONS + " are read");
        }
        long[] shape = new long[(int) dimensions];
        for (int i = shape.length - 1; i >= 0; i--) {
            shape[i] = cursor.uint64();
        }
        int number = (int) cursor.uint32();
        BlockFormat format = GgmlType.of(number)
                .orElseThrow(() -> cursor.wrong("type number " + number + " is none that GGUF has"))
                .format()
                .orElseThrow(() ->
                        cursor.wrong("stored as " + GgmlType.of(number).orElseThrow() + "; read are " + GgmlType.READ));
        long offset = cursor.uint64();
        if (offset % alignment != 0) {
            throw cursor.wrong("its data begin at " + offset + ", no multiple of the alignment " + alignment);
        }
        long row = shape.length == 0 ? 1 : shape[shape.length - 1];
        try {
            StoredTensor.count(shape);
        } catch (ArithmeticException e) {
            throw cursor.wrong("shape " + Arrays.toString(shape) + " is too large");
        }
        if (row % format.numbers() != 0) {
            throw cursor.wrong("rows of " + row + " numbers; " + format + " needs a multiple of " + format.numbers());
        }
        return new Entry(format, original(cursor, metadata, name, shape), offset);
    }

    /** The shape before ComfyUI-GGUF's converter folded dimensions together; rows stay rows of whole blocks. */
    private static long[] original(GgufCursor cursor, Map<String, String> metadata, String name, long[] stored) {
        String text = metadata.get("comfy.gguf.orig_shape." + name);
        if (text == null) {
            return stored;
        }
        if (!text.matches("\\d{1,9}(,\\d{1,9}){0,7}")) {
            throw cursor.wrong("comfy.gguf.orig_shape: '" + text + "' is no shape");
        }
        long[] shape = Arrays.stream(text.split(",")).mapToLong(Long::parseLong).toArray();
        try {
            if (StoredTensor.count(shape) == StoredTensor.count(stored)) {
                return shape;
            }
        } catch (ArithmeticException e) {
            // said below
        }
        throw cursor.wrong("comfy.gguf.orig_shape " + text + " has not as many numbers as " + Arrays.toString(stored));
    }

    private static void requireInside(Path file, Map<String, Entry> entries, long dataBytes) {
        List<Map.Entry<String, Entry>> sorted = new ArrayList<>(entries.entrySet());
        sorted.sort(Comparator.comparingLong(entry -> entry.getValue().offset()));
        long at = 0;
        for (Map.Entry<String, Entry> named : sorted) {
            Entry entry = named.getValue();
            String where = file + ": tensor '" + named.getKey() + "': ";
            long bytes;
            try {
                bytes = entry.bytes();
            } catch (ArithmeticException e) {
                throw new EngineException(where + "shape " + Arrays.toString(entry.shape()) + " is too large");
            }
            if (bytes > dataBytes || entry.offset() > dataBytes - bytes) {
                throw new EngineException(where + "its " + bytes + " bytes of data begin at " + entry.offset()
                        + ", the file holds " + dataBytes + " bytes of data: it is truncated; download it again");
            }
            if (bytes > 0 && entry.offset() < at) {
                throw new EngineException(
                        where + "its data begin at " + entry.offset() + ", inside of another's that end at " + at);
            }
            at = Math.max(at, entry.offset() + bytes);
        }
    }
}
