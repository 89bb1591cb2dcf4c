package dev.atelier.engine.weights;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Puts a GGUF file together field by field, right or wrong. */
public final class GgufBytes {
    private final ByteBuffer header = ByteBuffer.allocate(1 << 20).order(ByteOrder.LITTLE_ENDIAN);
    private final List<byte[]> data = new ArrayList<>();
    private final int alignment;
    private long offset;

    /** Of version 3, aligned to 32 bytes. */
    public GgufBytes(long tensors, long pairs) {
        this(3, tensors, pairs, 32);
    }

    GgufBytes(int version, long tensors, long pairs, int alignment) {
        this.alignment = alignment;
        header.put("GGUF".getBytes(StandardCharsets.US_ASCII))
                .putInt(version)
                .putLong(tensors)
                .putLong(pairs);
    }

    private GgufBytes text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        header.putLong(bytes.length).put(bytes);
        return this;
    }

    public GgufBytes pair(String key, String value) {
        text(key);
        header.putInt(8);
        return text(value);
    }

    public GgufBytes pair(String key, int value) {
        text(key);
        header.putInt(4).putInt(value);
        return this;
    }

    public GgufBytes pair(String key, float value) {
        text(key);
        header.putInt(6).putFloat(value);
        return this;
    }

    GgufBytes pair(String key, List<String> values) {
        text(key);
        header.putInt(9).putInt(8).putLong(values.size());
        values.forEach(this::text);
        return this;
    }

    GgufBytes pair(String key, int... values) {
        text(key);
        header.putInt(9).putInt(5).putLong(values.length);
        for (int value : values) {
            header.putInt(value);
        }
        return this;
    }

    /** A pair whose type and bytes are given. */
    GgufBytes raw(String key, int type, byte... value) {
        text(key);
        header.putInt(type).put(value);
        return this;
    }

    /** A tensor with its data. @param shape row-major, which the file has the other way round */
    public GgufBytes tensor(String name, int type, byte[] bytes, long... shape) {
        entry(name, type, offset, shape);
        data.add(bytes);
        offset = (offset + bytes.length + alignment - 1) / alignment * alignment;
        return this;
    }

    /** A tensor's entry alone. */
    GgufBytes entry(String name, int type, long at, long... shape) {
        text(name);
        header.putInt(shape.length);
        for (int i = shape.length - 1; i >= 0; i--) {
            header.putLong(shape[i]);
        }
        header.putInt(type).putLong(at);
        return this;
    }

    int headerBytes() {
        return header.position();
    }

    public byte[] bytes() {
        int start = (header.position() + alignment - 1) / alignment * alignment;
        int total = start;
        for (byte[] bytes : data) {
            total = (total + alignment - 1) / alignment * alignment + bytes.length;
        }
        ByteBuffer out = ByteBuffer.allocate(total);
        out.put(header.array(), 0, header.position());
        for (byte[] bytes : data) {
            out.position((out.position() + alignment - 1) / alignment * alignment);
            out.put(bytes);
        }
        return out.array();
    }

    public void write(Path file) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
