package dev.atelier.engine.image.codec;

import dev.atelier.engine.image.Orientation;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The first directory (IFD) of a TIFF file, or of the EXIF data in another file. Fields are located, none is copied before it is
 * asked for, and none can be longer than the file.
 */
final class TiffDirectory {
    static final int ORIENTATION = 274;
    static final int EXIF_IFD = 34_665;

    /** Bytes a value, by field type 1 to 12; 0: no such type. */
    private static final int[] TYPE_BYTES = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8};

    private static final int ENTRY_BYTES = 12;

    private record Field(int type, int count, int offset) {}

    private final ByteBuffer file;
    private final Map<Integer, Field> fields = new TreeMap<>();
    private final Set<Integer> beyond = new TreeSet<>();

    private TiffDirectory(ByteBuffer file, int offset) {
        this.file = file;
        int entries = file.getShort(offset) & 0xffff;
        for (int i = 0; i < entries; i++) {
            int entry = Math.addExact(offset, 2 + i * ENTRY_BYTES);
            int tag = file.getShort(entry) & 0xffff;
            int type = file.getShort(entry + 2) & 0xffff;
            int count = file.getInt(entry + 4);
            int size = type < TYPE_BYTES.length ? TYPE_BYTES[type] : 0;
            if (size == 0 || count < 0) {
                continue;
            }
            long bytes = (long) size * count;
            long at = bytes <= 4 ? entry + 8 : file.getInt(entry + 8) & 0xffff_ffffL;
            if (at + bytes <= file.limit()) {
                fields.putIfAbsent(tag, new Field(type, count, (int) at));
            } else {
                beyond.add(tag);
            }
        }
    }

    /**
     * Fields of unknown types, and those that reach beyond the file, are left out.
     *
     * @throws IndexOutOfBoundsException when the header or the directory reaches beyond {@code file}
     * @throws IllegalArgumentException when {@code file} does not start as TIFF does
     */
    static TiffDirectory of(byte[] file) {
        ByteBuffer buffer = ByteBuffer.wrap(file);
        short order = buffer.getShort(0);
        if (order != 0x4949 && order != 0x4d4d) {
            throw new IllegalArgumentException("no TIFF byte order mark");
        }
        buffer.order(order == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        return new TiffDirectory(buffer, buffer.getInt(4));
    }

    /** The directory that {@code tag} points at. */
    TiffDirectory sub(int tag) {
        return new TiffDirectory(file, Math.toIntExact(number(tag, -1)));
    }

    boolean has(int tag) {
        return fields.containsKey(tag);
    }

    ByteOrder order() {
        return file.order();
    }

    /** True when {@code tag} is there but its values lie outside the file. */
    boolean reachesBeyond(int tag) {
        return beyond.contains(tag);
    }

    /** How many values {@code tag} has; 0 when it is absent. */
    int count(int tag) {
        return has(tag) ? fields.get(tag).count() : 0;
    }

    /** The first value of {@code tag} as an unsigned whole number, {@code otherwise} when it is absent or empty. */
    long number(int tag, long otherwise) {
        return count(tag) == 0 ? otherwise : value(fields.get(tag), 0);
    }

    /** All values of {@code tag}, unsigned; empty when it is absent. */
    long[] numbers(int tag) {
        long[] values = new long[count(tag)];
        Arrays.setAll(values, i -> value(fields.get(tag), i));
        return values;
    }

    /** The value of {@code tag} as it lies in the file; empty when it is absent. */
    byte[] bytes(int tag) {
        if (!has(tag)) {
            return new byte[0];
        }
        Field field = fields.get(tag);
        byte[] out = new byte[TYPE_BYTES[field.type()] * field.count()];
        file.get(field.offset(), out);
        return out;
    }

    int type(int tag) {
        return fields.get(tag).type();
    }

    /** The orientation noted in {@code exif}; upright when there is none or the data are damaged. */
    static Orientation orientation(byte[] exif) {
        try {
            return Orientation.of(TiffDirectory.of(exif).number(ORIENTATION, 1));
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            return Orientation.UPRIGHT;
        }
    }

    private long value(Field field, int index) {
        int at = field.offset() + index * TYPE_BYTES[field.type()];
        return switch (TYPE_BYTES[field.type()]) {
            case 1 -> file.get(at) & 0xff;
            case 2 -> file.getShort(at) & 0xffff;
            case 4 -> file.getInt(at) & 0xffff_ffffL;
            default -> throw new IllegalArgumentException("field type " + field.type() + " is no whole number");
        };
    }
}
