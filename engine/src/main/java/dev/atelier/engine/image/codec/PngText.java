package dev.atelier.engine.image.codec;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Text chunks of PNG: {@code tEXt} (Latin-1) and {@code iTXt} (UTF-8). */
final class PngText {
    static final String XMP = "XML:com.adobe.xmp";

    /** A longer packed text is left aside. */
    private static final int MAX_BYTES = 4 << 20;

    private PngText() {}

    /** {@code tEXt} when the text is Latin-1 and plain, which every tool reads; else {@code iTXt}. */
    static byte[] chunk(String keyword, String text) {
        boolean latin = StandardCharsets.ISO_8859_1.newEncoder().canEncode(text) && text.indexOf('\0') < 0;
        return latin
                ? PngChunks.chunk("tEXt", join(keyword, new byte[1], text.getBytes(StandardCharsets.ISO_8859_1)))
                : international(keyword, text.getBytes(StandardCharsets.UTF_8));
    }

    /** An {@code iTXt} chunk that is not packed and names no language. */
    static byte[] international(String keyword, byte[] utf8) {
        return PngChunks.chunk("iTXt", join(keyword, new byte[5], utf8));
    }

    /** The UTF-8 text of the first {@code iTXt} chunk with this keyword; empty when there is none. */
    static byte[] find(PngChunks chunks, String keyword) {
        byte[] start = join(keyword, new byte[1], new byte[0]);
        return chunks.all().stream()
                .filter(chunk -> chunk.kind().equals("iTXt"))
                .map(chunks::data)
                .filter(data ->
                        data.length > start.length + 2 && Arrays.equals(data, 0, start.length, start, 0, start.length))
                .findFirst()
                .map(data -> content(data, start.length))
                .orElse(new byte[0]);
    }

    /** Flags, language and translated keyword come before the text. */
    private static byte[] content(byte[] data, int flags) {
        int at = flags + 2;
        for (int zeros = 0; zeros < 2 && at < data.length; at++) {
            zeros += data[at] == 0 ? 1 : 0;
        }
        return data[flags] == 1 ? PngChunks.inflate(data, at, MAX_BYTES) : Arrays.copyOfRange(data, at, data.length);
    }

    private static byte[] join(String keyword, byte[] middle, byte[] text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(keyword.getBytes(StandardCharsets.ISO_8859_1));
        out.writeBytes(middle);
        out.writeBytes(text);
        return out.toByteArray();
    }
}
