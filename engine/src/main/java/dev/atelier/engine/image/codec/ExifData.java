package dev.atelier.engine.image.codec;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** EXIF data (a TIFF structure, big-endian) with the three fields that picture tools show: description, program, comment. */
final class ExifData {
    private static final int IMAGE_DESCRIPTION = 0x010e;
    private static final int SOFTWARE = 0x0131;
    static final int USER_COMMENT = 0x9286;
    private static final int ASCII = 2;
    private static final int LONG = 4;
    private static final int UNDEFINED = 7;
    private static final int HEADER = 8;

    /** The code that says a comment is Unicode; readers take it for UTF-16 in the byte order of the structure. */
    static final byte[] UNICODE = "UNICODE\0".getBytes(StandardCharsets.US_ASCII);

    private ExifData() {}

    static byte[] write(PictureMetadata metadata) {
        byte[] description = (metadata.prompt().replace("\0", "") + "\0").getBytes(StandardCharsets.UTF_8);
        byte[] software = (metadata.software().replace("\0", "") + "\0").getBytes(StandardCharsets.UTF_8);
        byte[] comment = metadata.parametersText().getBytes(StandardCharsets.UTF_16BE);
        int mainBytes = 2 + 3 * 12 + 4;
        int subAt = HEADER + mainBytes;
        int valuesAt = subAt + 2 + 12 + 4;
        int softwareAt = valuesAt + even(description.length);
        int commentAt = softwareAt + even(software.length);
        ByteBuffer out = ByteBuffer.allocate(commentAt + UNICODE.length + comment.length);
        out.putShort((short) 0x4d4d).putShort((short) 42).putInt(HEADER);
        out.putShort((short) 3);
        entry(out, IMAGE_DESCRIPTION, ASCII, description.length, inline(description, valuesAt));
        entry(out, SOFTWARE, ASCII, software.length, inline(software, softwareAt));
        entry(out, TiffDirectory.EXIF_IFD, LONG, 1, subAt);
        out.putInt(0);
        out.putShort((short) 1);
        entry(out, USER_COMMENT, UNDEFINED, UNICODE.length + comment.length, commentAt);
        out.putInt(0);
        out.put(description).position(softwareAt);
        out.put(software).position(commentAt);
        return out.put(UNICODE).put(comment).array();
    }

    private static void entry(ByteBuffer out, int tag, int type, int count, int value) {
        out.putShort((short) tag).putShort((short) type).putInt(count).putInt(value);
    }

    /** Values of up to four bytes stand in the entry itself. */
    private static int inline(byte[] value, int at) {
        if (value.length > 4) {
            return at;
        }
        ByteBuffer field = ByteBuffer.allocate(4).put(value);
        return field.getInt(0);
    }

    private static int even(int length) {
        return length + (length & 1);
    }
}
