package dev.atelier.engine.weights;

import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.EngineException;
import dev.atelier.reason.Reasons;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The header of a safetensors file: 8 bytes little-endian length N, N bytes of JSON {@code {name: {dtype, shape,
 * data_offsets: [begin, end]}, "__metadata__": {…}}}, then the data that the offsets count from. Source: the format text of
 * huggingface/safetensors.
 *
 * @param dataStart byte of the file that data offsets count from
 */
record SafetensorsHeader(Map<String, Entry> entries, Map<String, String> metadata, long dataStart) {
    static final int LENGTH_BYTES = 8;
    /** The bound of the reference implementation. */
    static final long MAX_HEADER_BYTES = 100_000_000;

    private static final int MAX_DIMENSIONS = 8;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /**
     * @param type null where the numbers have to be decoded
     * @param format how floating-point numbers lie; null for other types
     * @param begin first byte, counted from {@code dataStart}
     * @param end byte after the last
     */
    record Entry(DType type, BlockFormat format, long[] shape, long begin, long end) {
        long bytes() {
            return end - begin;
        }
    }

    /**
     * Checks everything a reader relies on: known types, shapes that fill their range exactly, ranges inside the file that
     * neither overlap nor leave holes.
     *
     * @throws EngineException naming the file, the tensor, what was found and what was expected
     */
    static SafetensorsHeader parse(Path file, byte[] json, long fileBytes) {
        JsonNode root;
        try {
            root = JSON.readTree(new String(json, StandardCharsets.UTF_8));
        } catch (JacksonException e) {
            throw new EngineException(file + ": the header of the file is damaged: " + Reasons.of(e));
        }
        if (root == null || !root.isObject()) {
            throw new EngineException(file + ": header is no JSON object");
        }
        long dataStart = LENGTH_BYTES + json.length;
        long dataBytes = fileBytes - dataStart;
        Map<String, Entry> entries = new LinkedHashMap<>();
        Map<String, String> metadata = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> property : root.properties()) {
            if (property.getKey().equals("__metadata__")) {
                // The format says texts; what is written otherwise describes no tensor and is left aside.
                property.getValue().properties().stream()
                        .filter(p -> p.getValue().isString())
                        .forEach(p -> metadata.put(p.getKey(), p.getValue().asString()));
            } else {
                entries.put(property.getKey(), entry(file + ": " + property.getKey(), property.getValue(), dataBytes));
            }
        }
        requireContiguous(file, entries, dataBytes);
        return new SafetensorsHeader(entries, metadata, dataStart);
    }

    private static Entry entry(String where, JsonNode node, long dataBytes) {
        String dtype = node.path("dtype").asString("");
        BlockFormat float8 = dtype.equals("F8_E4M3") || dtype.equals("F8_E5M2") ? BlockFormat.valueOf(dtype) : null;
        DType type = float8 != null
                ? null
                : DType.of(dtype).orElseThrow(() -> new EngineException(where + ": " + unsupported(dtype)));
        long[] shape = longs(where + ": shape", node.path("shape"), MAX_DIMENSIONS);
        long[] offsets = longs(where + ": data_offsets", node.path("data_offsets"), 2);
        if (offsets.length != 2 || offsets[0] > offsets[1]) {
            throw new EngineException(where + ": data_offsets " + Arrays.toString(offsets) + " are no range");
        }
        if (offsets[1] > dataBytes) {
            throw new EngineException(where + ": its data end at byte " + offsets[1] + ", the file holds " + dataBytes
                    + " bytes of data: it is truncated; download it again");
        }
        long bytes = type == null ? float8.bytes() : type.bytes();
        try {
            for (long size : shape) {
                bytes = Math.multiplyExact(bytes, size);
            }
        } catch (ArithmeticException e) {
            throw new EngineException(where + ": shape " + Arrays.toString(shape) + " is too large");
        }
        if (bytes != offsets[1] - offsets[0]) {
            throw new EngineException(where + ": " + dtype + " of shape " + Arrays.toString(shape) + " needs " + bytes
                    + " bytes, found " + (offsets[1] - offsets[0]));
        }
        BlockFormat format = type == null ? float8 : BlockFormat.of(type).orElse(null);
        return new Entry(type, format, shape, offsets[0], offsets[1]);
    }

    private static String unsupported(String dtype) {
        return dtype.startsWith("F8_") || dtype.startsWith("F4")
                ? "stored as " + dtype + " (floats of " + (dtype.startsWith("F8_") ? 8 : 4)
                        + " bits); of weights F32, F16, BF16, F8_E4M3 and F8_E5M2 are read"
                : "dtype '" + dtype + "' is not supported, expected one of " + Arrays.toString(DType.values());
    }

    private static long[] longs(String where, JsonNode node, int max) {
        if (!node.isArray() || node.size() > max) {
            throw new EngineException(
                    where + ": expected an array of at most " + max + " whole numbers, found " + brief(node));
        }
        long[] out = new long[node.size()];
        for (int i = 0; i < out.length; i++) {
            JsonNode value = node.get(i);
            if (!value.isIntegralNumber() || !value.canConvertToLong() || value.asLong() < 0) {
                throw new EngineException(where + ": expected whole numbers from 0, found " + brief(node));
            }
            out[i] = value.asLong();
        }
        return out;
    }

    private static String brief(JsonNode node) {
        String text = node.toString();
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }

    private static void requireContiguous(Path file, Map<String, Entry> entries, long dataBytes) {
        List<Map.Entry<String, Entry>> sorted = new ArrayList<>(entries.entrySet());
        sorted.sort(Comparator.<Map.Entry<String, Entry>>comparingLong(
                        e -> e.getValue().begin())
                .thenComparingLong(e -> e.getValue().end()));
        long at = 0;
        for (Map.Entry<String, Entry> e : sorted) {
            if (e.getValue().begin() != at) {
                throw new EngineException(file + ": " + e.getKey() + ": data begins at "
                        + e.getValue().begin() + ", expected " + at + " (ranges overlap or leave a hole)");
            }
            at = e.getValue().end();
        }
        if (at != dataBytes) {
            throw new EngineException(file + ": tensors fill " + at + " bytes of data, found " + dataBytes);
        }
    }
}
