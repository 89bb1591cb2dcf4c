package dev.atelier.engine.image.codec;

/**
 * The LZW coding of GIF pixels. The JDK's decoder is not used for untrusted files: it rebuilds its whole table at each clear code
 * and continues after the last pixel, so that a small file can keep it busy for hours; and it takes missing pixels for black.
 */
final class GifLzw {
    private static final int TABLE = 4096;
    private static final int NONE = -1;

    private final byte[] data;
    private int bitAt;

    private GifLzw(byte[] data) {
        this.data = data;
    }

    /**
     * @param data the contents of the data blocks, joined
     * @param rootBits bits of a palette index, 1 to 8 (2 to 8 in the standard)
     * @param count how many indices to decode; what follows them is left unread
     * @throws PictureException when the data end before, or hold a code that is not defined yet
     */
    static byte[] decode(byte[] data, int rootBits, int count) {
        if (rootBits < 1 || rootBits > 8) {
            throw PictureException.broken(
                    PictureFormat.GIF, rootBits + " bits a code to start with; 1 to 8 are defined");
        }
        return new GifLzw(data).run(rootBits, count);
    }

    private byte[] run(int rootBits, int count) {
        int clear = 1 << rootBits;
        short[] prefix = new short[TABLE];
        byte[] last = new byte[TABLE];
        byte[] first = new byte[TABLE];
        short[] length = new short[TABLE];
        for (int i = 0; i < clear; i++) {
            last[i] = (byte) i;
            first[i] = (byte) i;
            length[i] = 1;
        }
        byte[] out = new byte[count];
        int at = 0;
        int next = clear + 2;
        int bits = rootBits + 1;
        int previous = NONE;
        while (at < count) {
            int code = read(bits);
            if (code == clear) {
                next = clear + 2;
                bits = rootBits + 1;
                previous = NONE;
                continue;
            }
            boolean isNew = code == next && previous != NONE && next < TABLE;
            if (code == clear + 1 || code >= next && !isNew) {
                throw PictureException.broken(
                        PictureFormat.GIF,
                        "the pixel data stop or are damaged after " + at + " of " + count + " pixels");
            }
            if (previous != NONE && next < TABLE) {
                prefix[next] = (short) previous;
                last[next] = isNew ? first[previous] : first[code];
                first[next] = first[previous];
                length[next] = (short) (length[previous] + 1);
                next++;
                if (next == 1 << bits && bits < 12) {
                    bits++;
                }
            }
            int end = at + length[code];
            int entry = code;
            for (int i = end - 1; i >= at; i--) {
                if (i < count) {
                    out[i] = last[entry];
                }
                entry = prefix[entry];
            }
            at = end;
            previous = code;
        }
        return out;
    }

    private int read(int bits) {
        int code = 0;
        for (int i = 0; i < bits; i++, bitAt++) {
            int at = bitAt >> 3;
            if (at >= data.length) {
                throw PictureException.broken(PictureFormat.GIF, "the pixel data end too early");
            }
            code |= (data[at] >> (bitAt & 7) & 1) << i;
        }
        return code;
    }
}
