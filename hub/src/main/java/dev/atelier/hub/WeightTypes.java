package dev.atelier.hub;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The element types that a safetensors file declares. A file begins with the length of its header (8 bytes, little endian) and the
 * header, a JSON object of {@code {"NAME": {"dtype": "BF16", …}, …}} beside {@code __metadata__}.
 */
final class WeightTypes {
    /** As the format's reference implementation has it. */
    private static final long MOST_HEADER_BYTES = 100_000_000;

    private static final String METADATA = "__metadata__";

    private WeightTypes() {}

    /** In lower case; empty when the file cannot be read as safetensors. */
    static Optional<Set<String>> of(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(Long.BYTES);
            long length = start.length < Long.BYTES
                    ? 0
                    : ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getLong();
            if (length < 2 || length > Math.min(MOST_HEADER_BYTES, Files.size(file) - Long.BYTES)) {
                return Optional.empty();
            }
            return types(JsonMapper.shared().readTree(in.readNBytes((int) length)));
        } catch (IOException | JacksonException e) {
            return Optional.empty();
        }
    }

    private static Optional<Set<String>> types(JsonNode header) {
        Set<String> types = new TreeSet<>();
        for (Map.Entry<String, JsonNode> tensor : header.properties()) {
            JsonNode type = tensor.getValue().path("dtype");
            if (type.isString()) {
                types.add(type.stringValue().toLowerCase(Locale.ROOT));
            } else if (!tensor.getKey().equals(METADATA)) {
                return Optional.empty();
            }
        }
        return Optional.of(types);
    }
}
