package dev.atelier.provenance;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * JUMBF (ISO/IEC 19566-5): boxes with a length of 32 bits and a type of four letters; a superbox {@code jumb} begins with its
 * description {@code jumd} (type, toggles, label) and holds other boxes.
 */
final class Jumbf {
    static final String STORE = type("c2pa");
    static final String MANIFEST = type("c2ma");
    static final String ASSERTIONS = type("c2as");
    static final String CLAIM = type("c2cl");
    static final String SIGNATURE = type("c2cs");
    static final String CBOR = type("cbor");

    private static final int HEADER = 8;
    private static final int TYPE_BYTES = 16;
    private static final int REQUESTABLE_WITH_LABEL = 3;
    private static final int HAS_LABEL = 2;
    private static final int MAX_DEPTH = 8;
    private static final int MAX_BOXES = 10_000;
    private static final int MAX_LABEL = 1_000;

    private final byte[] bytes;
    private int boxes;

    private Jumbf(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The 16 bytes of a superbox's type, hexadecimal: four letters and ISO's base. */
    private static String type(String letters) {
        return HexFormat.of().formatHex(letters.getBytes(StandardCharsets.US_ASCII)) + "00110010800000aa00389b71";
    }

    /**
     * A superbox.
     *
     * @param type as the constants have it
     * @param parts superboxes in it
     * @param contents boxes in it that are none, by type
     * @param body its bytes without the header: what a hashed URI's hash is over
     */
    record SuperBox(String type, String label, List<SuperBox> parts, List<Content> contents, byte[] body) {
        /** The part labelled {@code label}. */
        Optional<SuperBox> part(String label) {
            return parts.stream().filter(p -> p.label.equals(label)).findFirst();
        }

        /** The data of the first content box of {@code kind}. */
        Optional<byte[]> content(String kind) {
            return contents.stream()
                    .filter(c -> c.kind.equals(kind))
                    .map(Content::data)
                    .findFirst();
        }
    }

    /** @param kind four letters */
    record Content(String kind, byte[] data) {}

    /** A box. @param kind four letters */
    static byte[] box(String kind, byte[]... parts) {
        int length = HEADER + Arrays.stream(parts).mapToInt(p -> p.length).sum();
        ByteBuffer out = ByteBuffer.allocate(length);
        out.putInt(length).put(kind.getBytes(StandardCharsets.US_ASCII));
        for (byte[] part : parts) {
            out.put(part);
        }
        return out.array();
    }

    /** A superbox of finished boxes. */
    static byte[] superBox(String type, String label, byte[]... boxes) {
        ByteArrayOutputStream description = new ByteArrayOutputStream();
        description.writeBytes(HexFormat.of().parseHex(type));
        description.write(REQUESTABLE_WITH_LABEL);
        description.writeBytes(label.getBytes(StandardCharsets.UTF_8));
        description.write(0);
        byte[][] parts = new byte[boxes.length + 1][];
        parts[0] = box("jumd", description.toByteArray());
        System.arraycopy(boxes, 0, parts, 1, boxes.length);
        return box("jumb", parts);
    }

    /** The bytes of a superbox without its header. */
    static byte[] body(byte[] superBox) {
        return Arrays.copyOfRange(superBox, HEADER, superBox.length);
    }

    /** Reads the superbox that {@code bytes} begin with. @throws ProvenanceException naming what is wrong, and where */
    static SuperBox read(byte[] bytes) throws ProvenanceException {
        Jumbf reader = new Jumbf(bytes);
        int length = reader.length(0, bytes.length);
        if (!reader.kind(0).equals("jumb")) {
            throw new ProvenanceException("JUMBF: the store begins with a box " + reader.kind(0) + ", not jumb");
        }
        return reader.superBox(HEADER, length, 0);
    }

    private SuperBox superBox(int from, int to, int depth) throws ProvenanceException {
        if (depth == MAX_DEPTH) {
            throw new ProvenanceException("JUMBF: boxes nested more than " + MAX_DEPTH + " deep");
        }
        int descriptionEnd = from + length(from, to);
        if (!kind(from).equals("jumd") || descriptionEnd < from + HEADER + TYPE_BYTES + 1) {
            throw new ProvenanceException("JUMBF: a superbox without a description at byte " + from);
        }
        String type = HexFormat.of().formatHex(bytes, from + HEADER, from + HEADER + TYPE_BYTES);
        String label = label(from + HEADER + TYPE_BYTES, descriptionEnd);
        List<SuperBox> parts = new ArrayList<>();
        List<Content> contents = new ArrayList<>();
        for (int at = descriptionEnd; at < to; ) {
            int length = length(at, to);
            if (kind(at).equals("jumb")) {
                parts.add(superBox(at + HEADER, at + length, depth + 1));
            } else {
                contents.add(new Content(kind(at), Arrays.copyOfRange(bytes, at + HEADER, at + length)));
            }
            at += length;
        }
        return new SuperBox(
                type, label, List.copyOf(parts), List.copyOf(contents), Arrays.copyOfRange(bytes, from, to));
    }

    /** @param at of the toggles */
    private String label(int at, int end) throws ProvenanceException {
        if ((bytes[at] & HAS_LABEL) == 0) {
            return "";
        }
        for (int zero = at + 1; zero < Math.min(end, at + MAX_LABEL); zero++) {
            if (bytes[zero] == 0) {
                return new String(bytes, at + 1, zero - at - 1, StandardCharsets.UTF_8);
            }
        }
        throw new ProvenanceException("JUMBF: a label without an end at byte " + at);
    }

    private String kind(int at) {
        return new String(bytes, at + 4, 4, StandardCharsets.ISO_8859_1);
    }

    /** Of the box at {@code at}, header included, which must end by {@code end}. */
    private int length(int at, int end) throws ProvenanceException {
        if (++boxes > MAX_BOXES) {
            throw new ProvenanceException("JUMBF: more than " + MAX_BOXES + " boxes");
        }
        long length = end - at < HEADER
                ? 0
                : Integer.toUnsignedLong(ByteBuffer.wrap(bytes).getInt(at));
        if (length < HEADER || length > end - at) {
            throw new ProvenanceException(
                    "JUMBF: a box of " + length + " bytes at byte " + at + ", where " + (end - at) + " are left");
        }
        return (int) length;
    }
}
