package dev.atelier.engine.image.codec;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/** The marker segments of a JPEG file, located but not copied; a scan's segment includes its entropy-coded data. */
final class JpegSegments {
    static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.ISO_8859_1);
    static final byte[] XMP = "http://ns.adobe.com/xap/1.0/\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] PROFILE = "ICC_PROFILE\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] ADOBE = "Adobe".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] JFIF = "JFIF\0".getBytes(StandardCharsets.ISO_8859_1);

    private static final int APP0 = 0xe0;
    static final int APP1 = 0xe1;
    private static final int APP2 = 0xe2;
    private static final int APP14 = 0xee;
    private static final int EOI = 0xd9;
    private static final int SOS = 0xda;

    /** Bounds the memory for the list; a file has a few dozen, with a large profile a few hundred. */
    private static final int MAX_SEGMENTS = 10_000;

    private final byte[] file;
    private final List<Segment> segments = new ArrayList<>();

    /** From the marker's first byte to the next marker; {@code payload} is where the data after the length start. */
    record Segment(int marker, int start, int payload, int end) {}

    /** Walks to the end-of-image marker. */
    JpegSegments(byte[] file) {
        this.file = file;
        int at = 0;
        int marker;
        do {
            if (segments.size() == MAX_SEGMENTS) {
                throw PictureException.unsupported(PictureFormat.JPEG, "more than " + MAX_SEGMENTS + " segments");
            }
            at = skipToMarker(at);
            marker = file[at + 1] & 0xff;
            Segment segment = new Segment(marker, at, at + (standalone(marker) ? 2 : 4), end(at, marker));
            segments.add(segment);
            at = segment.end();
        } while (marker != EOI);
    }

    List<Segment> all() {
        return segments;
    }

    ByteBuffer payload(Segment segment) {
        return ByteBuffer.wrap(file, segment.payload(), segment.end() - segment.payload())
                .slice();
    }

    /** The JPEG file made of the segments whose marker is wanted. */
    byte[] only(IntPredicate wanted) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(file.length);
        for (Segment segment : segments) {
            if (wanted.test(segment.marker())) {
                out.write(file, segment.start(), segment.end() - segment.start());
            }
        }
        return out.toByteArray();
    }

    /** The TIFF data in the first EXIF segment; empty when there is none. */
    byte[] exif() {
        return starting(APP1, EXIF).stream().findFirst().orElse(new byte[0]);
    }

    /** EXIF data as TIFF, without the prefix that they have in a JPEG segment, if they have it. */
    static byte[] withoutExifPrefix(byte[] data) {
        boolean prefixed = data.length >= EXIF.length && Arrays.equals(data, 0, EXIF.length, EXIF, 0, EXIF.length);
        return prefixed ? Arrays.copyOfRange(data, EXIF.length, data.length) : data;
    }

    boolean hasJfif() {
        return !starting(APP0, JFIF).isEmpty();
    }

    /** The colour transform in Adobe's segment: 0 none, 1 YCbCr, 2 YCCK; -1 when there is no such segment. */
    int adobeTransform() {
        return starting(APP14, ADOBE).stream()
                .filter(data -> data.length >= 7)
                .map(data -> data[6] & 0xff)
                .findFirst()
                .orElse(-1);
    }

    /** The parts of the ICC profile by their number. */
    SortedMap<Integer, byte[]> profileParts() {
        SortedMap<Integer, byte[]> parts = new TreeMap<>();
        for (byte[] data : starting(APP2, PROFILE)) {
            if (data.length > 2) {
                parts.putIfAbsent(data[0] & 0xff, Arrays.copyOfRange(data, 2, data.length));
            }
        }
        return parts;
    }

    /** What follows {@code prefix} in the segments of this marker that start with it. */
    List<byte[]> starting(int marker, byte[] prefix) {
        List<byte[]> found = new ArrayList<>();
        for (Segment segment : segments) {
            int from = segment.payload() + prefix.length;
            if (segment.marker() == marker
                    && segment.end() >= from
                    && Arrays.equals(file, segment.payload(), from, prefix, 0, prefix.length)) {
                found.add(Arrays.copyOfRange(file, from, segment.end()));
            }
        }
        return found;
    }

    private int skipToMarker(int from) {
        int at = from;
        while (at + 1 < file.length && !(file[at] == (byte) 0xff && file[at + 1] != (byte) 0xff && file[at + 1] != 0)) {
            at++;
        }
        if (at + 1 >= file.length) {
            throw PictureException.broken(PictureFormat.JPEG, "the data end before the end-of-image marker");
        }
        return at;
    }

    private int end(int at, int marker) {
        if (standalone(marker)) {
            return at + 2;
        }
        int length = ByteBuffer.wrap(file).getShort(at + 2) & 0xffff;
        int end = at + 2 + length;
        if (length < 2 || end > file.length) {
            throw PictureException.broken(
                    PictureFormat.JPEG, "a segment of " + length + " bytes reaches beyond the end of the file");
        }
        return marker == SOS ? endOfScan(end) : end;
    }

    /** Entropy-coded data end before a marker that is neither a stuffed zero nor a restart. */
    private int endOfScan(int from) {
        int at = from;
        while (true) {
            at = skipToMarker(at);
            int marker = file[at + 1] & 0xff;
            if (marker < 0xd0 || marker > 0xd7) {
                return at;
            }
            at += 2;
        }
    }

    private static boolean standalone(int marker) {
        return marker == 0x01 || marker >= 0xd0 && marker <= EOI;
    }
}
