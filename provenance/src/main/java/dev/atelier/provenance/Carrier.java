package dev.atelier.provenance;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

/** How a kind of file carries a manifest store. Source: C2PA specification 2.2, appendix A. */
enum Carrier {
    /** One chunk {@code caBX} before the pixels. */
    PNG("image/png") {
        private static final int SIGNATURE = 8;
        private static final int OVERHEAD = 12;

        @Override
        boolean is(byte[] file) {
            return startsWith(file, 0, new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        }

        @Override
        Placed find(byte[] file) throws ProvenanceException {
            List<Range> ranges = new ArrayList<>();
            ByteArrayOutputStream store = new ByteArrayOutputStream();
            ByteBuffer buffer = ByteBuffer.wrap(file);
            for (int at = SIGNATURE; at < file.length; ) {
                long length = at + OVERHEAD > file.length ? -1 : Integer.toUnsignedLong(buffer.getInt(at));
                if (length < 0 || length > file.length - at - OVERHEAD) {
                    throw cut("PNG", at);
                }
                if (startsWith(file, at + 4, "caBX".getBytes(StandardCharsets.US_ASCII))) {
                    store.write(file, at + 8, (int) length);
                    ranges.add(new Range(at, (int) length + OVERHEAD));
                }
                at += (int) length + OVERHEAD;
            }
            return new Placed(store.toByteArray(), ranges);
        }

        /** After the first chunk, which is the header. */
        @Override
        int place(byte[] file) throws ProvenanceException {
            if (file.length < SIGNATURE + 4) {
                throw cut("PNG", SIGNATURE);
            }
            return SIGNATURE + OVERHEAD + ByteBuffer.wrap(file).getInt(SIGNATURE);
        }

        @Override
        byte[] wrap(byte[] store) {
            byte[] type = "caBX".getBytes(StandardCharsets.US_ASCII);
            CRC32 crc = new CRC32();
            crc.update(type);
            crc.update(store);
            return ByteBuffer.allocate(store.length + OVERHEAD)
                    .putInt(store.length)
                    .put(type)
                    .put(store)
                    .putInt((int) crc.getValue())
                    .array();
        }
    },

    /** Segments APP11 with pieces of the box, each repeating its header (JPEG XT, ISO/IEC 18477-3). */
    JPEG("image/jpeg") {
        private static final int APP0 = 0xe0;
        private static final int APP11 = 0xeb;
        private static final int SOS = 0xda;
        private static final int BOX_HEADER = 8;
        /** Length, common identifier, instance and number of the piece. */
        private static final int PIECE_HEADER = 2 + 2 + 2 + 4;

        private static final int MOST = 65_535 - PIECE_HEADER - BOX_HEADER;
        private static final short COMMON_IDENTIFIER = 0x4a50;
        private static final int SUPERBOX = 0x6a756d62; // "jumb"
        private static final int STORE = 0x63327061; // "c2pa"

        @Override
        boolean is(byte[] file) {
            return startsWith(file, 0, new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff});
        }

        @Override
        Placed find(byte[] file) throws ProvenanceException {
            List<Range> ranges = new ArrayList<>();
            ByteArrayOutputStream store = new ByteArrayOutputStream();
            ByteBuffer buffer = ByteBuffer.wrap(file);
            int instance = -1;
            for (int at = 2; at + 4 <= file.length && marker(file, at) != SOS; ) {
                int length = buffer.getShort(at + 2) & 0xffff;
                if (file[at] != (byte) 0xff || length < 2 || length > file.length - at - 2) {
                    throw cut("JPEG", at);
                }
                if (marker(file, at) == APP11 && isPiece(buffer, at, length, instance)) {
                    instance = instance(buffer, at);
                    int skipped = 2 + PIECE_HEADER + (store.size() == 0 ? 0 : BOX_HEADER);
                    store.write(file, at + skipped, length + 2 - skipped);
                    ranges.add(new Range(at, length + 2));
                }
                at += length + 2;
            }
            return new Placed(store.toByteArray(), ranges);
        }

        /** Whether a segment holds a piece of the manifest store. @param instance number of its superbox; -1 before the first piece */
        private static boolean isPiece(ByteBuffer buffer, int at, int length, int instance) {
            int description = at + 2 + PIECE_HEADER + BOX_HEADER;
            return length >= PIECE_HEADER + BOX_HEADER
                    && buffer.getShort(at + 4) == COMMON_IDENTIFIER
                    && buffer.getInt(at + 2 + PIECE_HEADER + 4) == SUPERBOX
                    && (instance >= 0
                            ? instance == instance(buffer, at)
                            : length >= PIECE_HEADER + 3 * BOX_HEADER
                                    && buffer.getInt(description + BOX_HEADER) == STORE);
        }

        private static int instance(ByteBuffer buffer, int at) {
            return buffer.getShort(at + 6) & 0xffff;
        }

        private static int marker(byte[] file, int at) {
            return file[at + 1] & 0xff;
        }

        /** After the header JFIF, which must be first. */
        @Override
        int place(byte[] file) throws ProvenanceException {
            if (file.length < 6) {
                throw cut("JPEG", 2);
            }
            return marker(file, 2) == APP0 ? 4 + (ByteBuffer.wrap(file).getShort(4) & 0xffff) : 2;
        }

        @Override
        byte[] wrap(byte[] store) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            int number = 1;
            for (int at = BOX_HEADER; at < store.length; at += MOST) {
                int length = Math.min(MOST, store.length - at);
                out.writeBytes(ByteBuffer.allocate(2 + PIECE_HEADER)
                        .put((byte) 0xff)
                        .put((byte) APP11)
                        .putShort((short) (PIECE_HEADER + BOX_HEADER + length))
                        .putShort(COMMON_IDENTIFIER)
                        .putShort((short) 1)
                        .putInt(number++)
                        .array());
                out.write(store, 0, BOX_HEADER);
                out.write(store, at, length);
            }
            return out.toByteArray();
        }
    },

    /** One chunk {@code C2PA} at the end. */
    WEBP("image/webp") {
        private static final int HEADER = 12;
        private static final int CHUNK = 8;

        @Override
        boolean is(byte[] file) {
            return startsWith(file, 0, "RIFF".getBytes(StandardCharsets.US_ASCII))
                    && startsWith(file, 8, "WEBP".getBytes(StandardCharsets.US_ASCII));
        }

        @Override
        Placed find(byte[] file) throws ProvenanceException {
            List<Range> ranges = new ArrayList<>();
            ByteArrayOutputStream store = new ByteArrayOutputStream();
            ByteBuffer buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
            for (int at = HEADER; at < file.length; ) {
                long length = at + CHUNK > file.length ? -1 : Integer.toUnsignedLong(buffer.getInt(at + 4));
                if (length < 0 || length > file.length - at - CHUNK) {
                    throw cut("WebP", at);
                }
                int padded = Math.min((int) length + CHUNK + (int) (length & 1), file.length - at);
                if (startsWith(file, at, "C2PA".getBytes(StandardCharsets.US_ASCII))) {
                    store.write(file, at + CHUNK, (int) length);
                    ranges.add(new Range(at, padded));
                }
                at += padded;
            }
            return new Placed(store.toByteArray(), ranges);
        }

        @Override
        int place(byte[] file) {
            return file.length;
        }

        @Override
        byte[] wrap(byte[] store) {
            return ByteBuffer.allocate(CHUNK + store.length + (store.length & 1))
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .put("C2PA".getBytes(StandardCharsets.US_ASCII))
                    .putInt(store.length)
                    .put(store)
                    .array();
        }

        /** An odd chunk is followed by a byte that readers count differently. */
        @Override
        int alignment() {
            return 2;
        }

        /** The file's length stands in its header. */
        @Override
        void adjust(byte[] file) {
            ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(4, file.length - CHUNK);
        }
    };

    private final String mediaType;

    Carrier(String mediaType) {
        this.mediaType = mediaType;
    }

    /** Bytes of a file. */
    record Range(int start, int length) {
        int end() {
            return start + length;
        }
    }

    /** A store in a file. @param ranges what carries it, headers included; none where there is no store */
    record Placed(byte[] store, List<Range> ranges) {}

    /** The carrier of {@code file}. @throws ProvenanceException when its kind is none of them */
    static Carrier of(byte[] file) throws ProvenanceException {
        return Arrays.stream(values())
                .filter(carrier -> carrier.is(file))
                .findFirst()
                .orElseThrow(() -> new ProvenanceException("the file is no PNG, JPEG or WebP"));
    }

    String mediaType() {
        return mediaType;
    }

    abstract boolean is(byte[] file);

    /** Where the store is and what it is. @throws ProvenanceException when the file's structure is damaged */
    abstract Placed find(byte[] file) throws ProvenanceException;

    /** Where a store is put in. */
    abstract int place(byte[] file) throws ProvenanceException;

    /** A store as the file carries it. */
    abstract byte[] wrap(byte[] store);

    /** What a store's length should be a multiple of. */
    int alignment() {
        return 1;
    }

    /** Makes the rest of {@code file} true after a store was put in. */
    void adjust(byte[] file) {}

    /** {@code file} with {@code store} put in, which it has none of. */
    byte[] insert(byte[] file, byte[] store) throws ProvenanceException {
        byte[] wrapped = wrap(store);
        int at = place(file);
        if (at < 0 || at > file.length) {
            throw cut(name(), at);
        }
        byte[] out = ByteBuffer.allocate(file.length + wrapped.length)
                .put(file, 0, at)
                .put(wrapped)
                .put(file, at, file.length - at)
                .array();
        adjust(out);
        return out;
    }

    /** {@code file} without what carries {@code placed}. */
    byte[] remove(byte[] file, Placed placed) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(file.length);
        int at = 0;
        for (Range range : placed.ranges()) {
            out.write(file, at, range.start() - at);
            at = range.end();
        }
        out.write(file, at, file.length - at);
        byte[] rest = out.toByteArray();
        adjust(rest);
        return rest;
    }

    private static ProvenanceException cut(String format, int at) {
        return new ProvenanceException(format + ": the file is damaged or cut at byte " + at);
    }

    private static boolean startsWith(byte[] file, int at, byte[] prefix) {
        return file.length >= at + prefix.length
                && Arrays.equals(file, at, at + prefix.length, prefix, 0, prefix.length);
    }
}
