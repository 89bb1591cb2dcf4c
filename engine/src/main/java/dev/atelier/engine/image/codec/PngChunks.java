package dev.atelier.engine.image.codec;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The chunks of a PNG file, located but not copied. */
final class PngChunks {
    static final byte[] SIGNATURE = "\u0089PNG\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1);

    /** Bounds the memory for the list; encoders write a few thousand at most. */
    private static final int MAX_CHUNKS = 100_000;

    /** Length, kind and checksum around a chunk's data. */
    private static final int FRAME_BYTES = 12;

    private final byte[] file;
    private final List<Chunk> chunks = new ArrayList<>();

    record Chunk(String kind, int offset, int length) {
        /** A decoder must know these; damage to the others is survivable. */
        boolean critical() {
            return Character.isUpperCase(kind.charAt(0));
        }
    }

    /** Walks to the end chunk; optional chunks whose checksum is wrong are left out. */
    PngChunks(byte[] file) {
        this.file = file;
        ByteBuffer buffer = ByteBuffer.wrap(file);
        CRC32 crc = new CRC32();
        int at = SIGNATURE.length;
        Chunk chunk;
        do {
            if (chunks.size() == MAX_CHUNKS) {
                throw PictureException.unsupported(PictureFormat.PNG, "more than " + MAX_CHUNKS + " chunks");
            }
            int length = buffer.getInt(at);
            if (length < 0 || length > file.length - at - FRAME_BYTES) {
                throw PictureException.broken(PictureFormat.PNG, "the file ends inside a chunk");
            }
            chunk = new Chunk(new String(file, at + 4, 4, StandardCharsets.ISO_8859_1), at + 8, length);
            crc.reset();
            crc.update(file, at + 4, length + 4);
            if ((int) crc.getValue() == buffer.getInt(at + 8 + length)) {
                chunks.add(chunk);
            } else if (chunk.critical()) {
                throw PictureException.broken(PictureFormat.PNG, "the checksum of chunk " + chunk.kind() + " is wrong");
            }
            at += length + FRAME_BYTES;
        } while (!chunk.kind().equals("IEND"));
    }

    List<Chunk> all() {
        return chunks;
    }

    /** The data of the first chunk of this kind; empty when there is none. */
    byte[] first(String kind) {
        return chunks.stream()
                .filter(c -> c.kind().equals(kind))
                .findFirst()
                .map(this::data)
                .orElse(new byte[0]);
    }

    boolean has(String kind) {
        return chunks.stream().anyMatch(c -> c.kind().equals(kind));
    }

    byte[] data(Chunk chunk) {
        return Arrays.copyOfRange(file, chunk.offset(), chunk.offset() + chunk.length());
    }

    /** The PNG file made of those of its chunks that are named, in their order. */
    byte[] only(List<String> kinds) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(file.length);
        out.writeBytes(SIGNATURE);
        for (Chunk chunk : chunks) {
            if (kinds.contains(chunk.kind())) {
                out.write(file, chunk.offset() - 8, chunk.length() + FRAME_BYTES);
            }
        }
        return out.toByteArray();
    }

    /** A chunk with its length and checksum. */
    static byte[] chunk(String kind, byte[] data) {
        ByteBuffer out = ByteBuffer.allocate(data.length + FRAME_BYTES);
        out.putInt(data.length).put(kind.getBytes(StandardCharsets.ISO_8859_1)).put(data);
        CRC32 crc = new CRC32();
        crc.update(out.array(), 4, data.length + 4);
        return out.putInt((int) crc.getValue()).array();
    }

    /** Unpacks zlib data; empty when they are damaged or hold more than {@code maxBytes}. */
    static byte[] inflate(byte[] packed, int offset, int maxBytes) {
        try (Inflater inflater = new Inflater()) {
            inflater.setInput(packed, offset, packed.length - offset);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] buffer = new byte[8192];
            while (!inflater.finished()) {
                int count = inflater.inflate(buffer);
                out.write(buffer, 0, count);
                if (count == 0 && (inflater.needsInput() || inflater.needsDictionary()) || out.size() > maxBytes) {
                    return new byte[0];
                }
            }
            return out.toByteArray();
        } catch (DataFormatException e) {
            return new byte[0];
        }
    }
}
