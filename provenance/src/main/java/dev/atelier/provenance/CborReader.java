package dev.atelier.provenance;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.dataformat.cbor.CBORFactory;
import tools.jackson.dataformat.cbor.CBORMapper;

/** Reads CBOR of strangers. */
final class CborReader {
    private static final int MAX_DEPTH = 32;
    private static final int MAX_TOKENS = 100_000;

    private static final CBORMapper MAPPER = CBORMapper.builder(CBORFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxTokenCount(MAX_TOKENS)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .build();

    private CborReader() {}

    /**
     * A map; keys that are integers become their decimal texts, tags are left out.
     *
     * @param what it is, for messages
     * @throws ProvenanceException when {@code cbor} is no map
     */
    static Map<String, Object> map(byte[] cbor, String what) throws ProvenanceException {
        if (read(cbor, what) instanceof Map<?, ?> map) {
            @SuppressWarnings("unchecked") // Jackson's maps have texts as keys
            Map<String, Object> typed = (Map<String, Object>) map;
            return typed;
        }
        throw new ProvenanceException(what + ": expected a map");
    }

    /** As {@link #map}, of an array. */
    static List<?> list(byte[] cbor, String what) throws ProvenanceException {
        if (read(cbor, what) instanceof List<?> list) {
            return list;
        }
        throw new ProvenanceException(what + ": expected an array");
    }

    private static Object read(byte[] cbor, String what) throws ProvenanceException {
        try {
            return MAPPER.readValue(cbor, Object.class);
        } catch (JacksonException e) {
            throw new ProvenanceException(what + ": no valid CBOR", e);
        }
    }

    /** The entry {@code key} of {@code map} as a text. */
    static String text(Map<String, Object> map, String key, String what) throws ProvenanceException {
        return require(map, key, String.class, what);
    }

    static byte[] bytes(Map<String, Object> map, String key, String what) throws ProvenanceException {
        return require(map, key, byte[].class, what);
    }

    static List<?> list(Map<String, Object> map, String key, String what) throws ProvenanceException {
        return require(map, key, List.class, what);
    }

    /** A number of bytes, 0 to 2^31 - 1. */
    static int size(Map<String, Object> map, String key, String what) throws ProvenanceException {
        Object value = map.get(key);
        BigInteger number = value instanceof BigInteger big
                ? big
                : BigInteger.valueOf(require(map, key, Number.class, what).longValue());
        if (number.signum() < 0 || number.bitLength() > 31) {
            throw new ProvenanceException(what + ": " + key + ": " + number + " is no size");
        }
        return number.intValue();
    }

    private static <T> T require(Map<String, Object> map, String key, Class<T> type, String what)
            throws ProvenanceException {
        Object value = map.get(key);
        if (!type.isInstance(value)) {
            throw new ProvenanceException(what + ": " + key + (value == null ? ": missing" : ": of another kind"));
        }
        return type.cast(value);
    }
}
