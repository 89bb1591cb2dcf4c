package dev.atelier.engine.image.codec;

import dev.atelier.engine.image.PictureSize;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The chunks of a RIFF container, as WebP uses it, located but not copied; and the making of such chunks. */
final class WebpChunks {
    private static final int MAX_CHUNKS = 100_000;
    private static final int CHUNK_HEADER = 8;
    static final int RIFF_HEADER = 12;

    /** {@code offset} and {@code length} are of the data after the header. */
    record Chunk(String kind, int offset, int length) {}

    private WebpChunks() {}

    /** The chunks from {@code from} to {@code to}; bytes left at the end that are no header are passed over. */
    static List<Chunk> list(byte[] file, int from, int to) {
        ByteBuffer buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        List<Chunk> chunks = new ArrayList<>();
        int at = from;
        while (at <= to - CHUNK_HEADER) {
            int length = buffer.getInt(at + 4);
            if (length < 0 || length > to - at - CHUNK_HEADER) {
                throw PictureException.broken(PictureFormat.WEBP, "the file ends inside a chunk");
            }
            if (chunks.size() == MAX_CHUNKS) {
                throw PictureException.unsupported(PictureFormat.WEBP, "more than " + MAX_CHUNKS + " chunks");
            }
            chunks.add(new Chunk(new String(file, at, 4, StandardCharsets.ISO_8859_1), at + CHUNK_HEADER, length));
            at += CHUNK_HEADER + length + (length & 1);
        }
        return chunks;
    }

    static byte[] data(byte[] file, Chunk chunk) {
        return Arrays.copyOfRange(file, chunk.offset(), chunk.offset() + chunk.length());
    }

    /** A chunk with its header, filled up to an even length. */
    static byte[] chunk(String kind, byte[] data) {
        ByteBuffer out = ByteBuffer.allocate(CHUNK_HEADER + data.length + (data.length & 1))
                .order(ByteOrder.LITTLE_ENDIAN);
        return out.put(kind.getBytes(StandardCharsets.ISO_8859_1))
                .putInt(data.length)
                .put(data)
                .array();
    }

    /** A WebP file of these chunks. */
    static byte[] file(List<byte[]> chunks) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes("WEBP".getBytes(StandardCharsets.ISO_8859_1));
        chunks.forEach(body::writeBytes);
        return chunk("RIFF", body.toByteArray());
    }

    /** The chunk {@code VP8X}: which optional parts a file has, and the size of its canvas. */
    static byte[] extended(int flags, PictureSize canvas) {
        ByteBuffer out = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(flags);
        int width = canvas.width() - 1;
        int height = canvas.height() - 1;
        out.put((byte) width).put((byte) (width >> 8)).put((byte) (width >> 16));
        out.put((byte) height).put((byte) (height >> 8)).put((byte) (height >> 16));
        return chunk("VP8X", out.array());
    }
}
