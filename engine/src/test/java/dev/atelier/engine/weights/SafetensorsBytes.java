package dev.atelier.engine.weights;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.StringJoiner;

/** Puts a safetensors file together, of types that the engine's own writer does not write too. */
public final class SafetensorsBytes {
    private final StringJoiner header = new StringJoiner(",", "{", "}");
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();

    public SafetensorsBytes tensor(String name, String dtype, byte[] bytes, long... shape) {
        header.add("\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
                .formatted(name, dtype, Arrays.toString(shape), data.size(), data.size() + bytes.length));
        data.writeBytes(bytes);
        return this;
    }

    public SafetensorsBytes floats(String name, double[] numbers, long... shape) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        for (double number : numbers) {
            bytes.putFloat((float) number);
        }
        return tensor(name, "F32", bytes.array(), shape);
    }

    public Path write(Path file) {
        byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
        ByteBuffer out = ByteBuffer.allocate(8 + json.length + data.size()).order(ByteOrder.LITTLE_ENDIAN);
        try {
            Files.createDirectories(file.getParent());
            Files.write(
                    file,
                    out.putLong(json.length).put(json).put(data.toByteArray()).array());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }
}
