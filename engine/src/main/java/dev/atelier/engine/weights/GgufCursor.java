package dev.atelier.engine.weights;

import dev.atelier.engine.tensor.EngineException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.StringJoiner;

/** Reads a GGUF header value by value; nothing is allocated that the file does not hold, and nothing is read beyond its end. */
final class GgufCursor {
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** Longer texts, such as a chat's form, are passed over: nothing of ours is said in so many words. */
    private static final int MAX_TEXT_BYTES = 1 << 12;

    private static final int MAX_ARRAY = 8;
    private static final int MAX_NESTING = 4;
    private static final int STRING = 8;
    private static final int ARRAY = 9;

    private final Path file;
    private final MemorySegment all;
    private long position;
    private String where = "";

    GgufCursor(Path file, MemorySegment all) {
        this.file = file;
        this.all = all;
    }

    /** What is read from now on, for messages. */
    void at(String place) {
        where = place;
    }

    long position() {
        return position;
    }

    EngineException wrong(String what) {
        return new EngineException(file + ": " + where + ": " + what);
    }

    void skip(long bytes) {
        if (bytes < 0 || bytes > all.byteSize() - position) {
            throw wrong("the file ends at byte " + all.byteSize() + ", in the middle of its header: "
                    + (bytes < 0 ? Long.toUnsignedString(bytes) : bytes) + " bytes were to come at " + position
                    + "; it is truncated or damaged, download it again");
        }
        position += bytes;
    }

    private long take(int bytes) {
        long at = position;
        skip(bytes);
        return at;
    }

    long uint32() {
        return Integer.toUnsignedLong(all.get(INT, take(4)));
    }

    /** A size or an offset. @throws EngineException when it is beyond every file */
    long uint64() {
        long value = all.get(LONG, take(8));
        if (value < 0) {
            throw wrong("the number " + Long.toUnsignedString(value) + " is beyond every file; the header is damaged");
        }
        return value;
    }

    /** How many of something follow. @param least bytes that each takes at least */
    long count(String what, long most, int least) {
        long count = uint64();
        if (count > most || count > (all.byteSize() - position) / least) {
            throw wrong(count + " " + what + " in a file of " + all.byteSize() + " bytes; at most " + most
                    + " are read, and each takes at least " + least + " bytes: it is truncated or damaged");
        }
        return count;
    }

    String name(String what, int most) {
        long length = uint64();
        if (length == 0 || length > most) {
            throw wrong("a " + what + " of " + length + " bytes; expected 1 to " + most);
        }
        return text(length);
    }

    private String text(long length) {
        long from = position;
        skip(length);
        ByteBuffer bytes = ByteBuffer.wrap(all.asSlice(from, length).toArray(ValueLayout.JAVA_BYTE));
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw wrong("a text at byte " + from + " is no UTF-8");
        }
    }

    /** A value with its type before it, as a text; empty for those that are passed over. */
    String value() {
        return value((int) uint32(), 0);
    }

    private String value(int type, int depth) {
        return switch (type) {
            case STRING -> {
                long length = uint64();
                if (length > MAX_TEXT_BYTES) {
                    skip(length);
                    yield "";
                }
                yield text(length);
            }
            case ARRAY -> array(depth);
            default -> number(type);
        };
    }

    private String number(int type) {
        return switch (type) {
            case 0 -> String.valueOf(Byte.toUnsignedInt(all.get(ValueLayout.JAVA_BYTE, take(1))));
            case 1 -> String.valueOf(all.get(ValueLayout.JAVA_BYTE, take(1)));
            case 2 -> String.valueOf(Short.toUnsignedInt(all.get(SHORT, take(2))));
            case 3 -> String.valueOf(all.get(SHORT, take(2)));
            case 4 -> String.valueOf(uint32());
            case 5 -> String.valueOf(all.get(INT, take(4)));
            case 6 -> String.valueOf(Float.intBitsToFloat(all.get(INT, take(4))));
            case 7 -> String.valueOf(all.get(ValueLayout.JAVA_BYTE, take(1)) != 0);
            case 10 -> Long.toUnsignedString(all.get(LONG, take(8)));
            case 11 -> String.valueOf(all.get(LONG, take(8)));
            case 12 -> String.valueOf(Double.longBitsToDouble(all.get(LONG, take(8))));
            default -> throw wrong("value type " + Integer.toUnsignedString(type) + "; GGUF has 0 to 12");
        };
    }

    /** Bytes of an element; 0 where they differ. */
    private int size(int type) {
        return switch (type) {
            case 0, 1, 7 -> 1;
            case 2, 3 -> 2;
            case 4, 5, 6 -> 4;
            case 10, 11, 12 -> 8;
            case STRING, ARRAY -> 0;
            default -> throw wrong("value type " + Integer.toUnsignedString(type) + "; GGUF has 0 to 12");
        };
    }

    private String array(int depth) {
        if (depth == MAX_NESTING) {
            throw wrong("arrays inside each other, more than " + MAX_NESTING + " deep");
        }
        int type = (int) uint32();
        int size = size(type);
        long length = uint64();
        // A text takes at least its length's 8 bytes, an array its element type's and its length's 12.
        int least = size > 0 ? size : type == STRING ? 8 : 12;
        if (length > (all.byteSize() - position) / least) {
            throw wrong("an array of " + length + " elements in a file of " + all.byteSize()
                    + " bytes; it is truncated or damaged, download it again");
        }
        if (size > 0 && length > MAX_ARRAY) {
            skip(length * size);
            return "";
        }
        StringJoiner joined = new StringJoiner(",");
        for (long i = 0; i < length; i++) {
            if (type == STRING) {
                skip(uint64());
            } else {
                joined.add(value(type, depth + 1));
            }
        }
        return joined.toString();
    }
}
