package dev.atelier.provenance;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * CBOR with definite lengths, so that equal values are equal bytes, which a signature over them needs (RFC 8949, section 4.2.1; entries
 * of maps stay in the order given). Takes maps with texts or integers as keys, lists, texts, byte arrays, integers, booleans, null and
 * {@link Tagged}.
 */
final class CborWriter {
    private static final int UNSIGNED = 0;
    private static final int NEGATIVE = 1;
    private static final int BYTES = 2;
    private static final int TEXT = 3;
    private static final int ARRAY = 4;
    private static final int MAP = 5;
    private static final int TAG = 6;
    private static final int FALSE = 0xf4;
    private static final int TRUE = 0xf5;
    private static final int NULL = 0xf6;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private CborWriter() {}

    /** A value with a tag before it. */
    record Tagged(long tag, Object value) {}

    static byte[] write(Object value) {
        CborWriter writer = new CborWriter();
        writer.value(value);
        return writer.out.toByteArray();
    }

    private void value(Object value) {
        switch (value) {
            case null -> out.write(NULL);
            case Boolean b -> out.write(b ? TRUE : FALSE);
            case Integer i -> integer(i);
            case Long l -> integer(l);
            case String text -> string(TEXT, text.getBytes(StandardCharsets.UTF_8));
            case byte[] bytes -> string(BYTES, bytes);
            case List<?> list -> {
                head(ARRAY, list.size());
                list.forEach(this::value);
            }
            case Map<?, ?> map -> {
                head(MAP, map.size());
                map.forEach((key, each) -> {
                    value(key);
                    value(each);
                });
            }
            case Tagged tagged -> {
                head(TAG, tagged.tag());
                value(tagged.value());
            }
            default -> throw new IllegalArgumentException(value.getClass() + ": no CBOR value");
        }
    }

    private void integer(long value) {
        head(value < 0 ? NEGATIVE : UNSIGNED, value < 0 ? -1 - value : value);
    }

    private void string(int kind, byte[] bytes) {
        head(kind, bytes.length);
        out.writeBytes(bytes);
    }

    /** The kind and its number, in as few bytes as it needs. */
    private void head(int kind, long number) {
        int first = kind << 5;
        if (number < 24) {
            out.write(first | (int) number);
        } else if (number < 1L << 8) {
            out.write(first | 24);
            big(number, 1);
        } else if (number < 1L << 16) {
            out.write(first | 25);
            big(number, 2);
        } else if (number < 1L << 32) {
            out.write(first | 26);
            big(number, 4);
        } else {
            out.write(first | 27);
            big(number, 8);
        }
    }

    private void big(long number, int bytes) {
        for (int i = bytes - 1; i >= 0; i--) {
            out.write((int) (number >>> 8 * i));
        }
    }
}
