package dev.atelier.engine.image.codec;

/** A look at LZW data of TIFF without decoding them. */
final class TiffLzwGuard {
    private static final int CLEAR = 256;
    private static final int END = 257;
    private static final int LONGEST = 12;

    private TiffLzwGuard() {}

    /**
     * How often the data start their table anew. Decoders build a table of thousands of entries each time, so that data of nothing
     * but clear codes keep them busy for minutes; encoders clear once in some thousand bytes.
     */
    static int clears(byte[] file, int offset, int length) {
        int clears = 0;
        int next = END + 1;
        int bits = 9;
        long at = offset * 8L;
        long end = (offset + (long) length) * 8;
        while (at + bits <= end) {
            int code = code(file, at, bits);
            at += bits;
            if (code == END) {
                return clears;
            }
            if (code == CLEAR) {
                clears++;
                next = END + 1;
                bits = 9;
            } else {
                next++;
                // The width grows one code early (TIFF 6.0, section 13); the first code after a clear adds no entry.
                bits = next >= (1 << bits) && bits < LONGEST ? bits + 1 : bits;
            }
        }
        return clears;
    }

    private static int code(byte[] file, long at, int bits) {
        int code = 0;
        for (long i = at; i < at + bits; i++) {
            code = code << 1 | file[(int) (i >> 3)] >> 7 - (int) (i & 7) & 1;
        }
        return code;
    }
}
