package dev.atelier.engine.image.codec;

import dev.atelier.engine.image.PictureSize;
import java.util.Arrays;

/** The run-length codings of BMP, {@code BI_RLE8} and {@code BI_RLE4}. */
final class BmpRunLengths {
    private static final int END_OF_LINE = 0;
    private static final int END_OF_PICTURE = 1;
    private static final int MOVE = 2;

    private final byte[] coded;
    private final boolean nibbles;
    private final int width;
    private final int height;
    private final byte[] out;
    private final int stride;
    private int at;
    private int x;
    private int y;

    private BmpRunLengths(byte[] coded, PictureSize size, boolean nibbles) {
        this.coded = coded;
        this.nibbles = nibbles;
        width = size.width();
        height = size.height();
        stride = (width + 3) / 4 * 4;
        out = new byte[Math.multiplyExact(stride, height)];
    }

    /**
     * One byte a pixel, rows from the bottom, each filled up to a multiple of 4 bytes. Pixels that are moved over stay 0; runs
     * beyond the end of a row are cut.
     *
     * @throws PictureException when the data end before the end-of-picture code, or go on after the last row
     */
    static byte[] expand(byte[] coded, PictureSize size, boolean nibbles) {
        BmpRunLengths decoder = new BmpRunLengths(coded, size, nibbles);
        decoder.run();
        return decoder.out;
    }

    private void run() {
        boolean more = true;
        while (more) {
            int count = next();
            int value = next();
            if (count > 0) {
                fill(count, value);
            } else if (value == END_OF_LINE) {
                move(-x, 1);
            } else if (value == MOVE) {
                move(next(), next());
            } else if (value > MOVE) {
                copy(value);
            }
            more = count > 0 || value != END_OF_PICTURE;
        }
    }

    private void move(int right, int up) {
        x = Math.min(width, x + right);
        y += up;
        if (y > height) {
            throw PictureException.broken(PictureFormat.BMP, "run lengths go on after the last row");
        }
    }

    private void fill(int count, int value) {
        if (!nibbles) {
            int end = Math.min(width, x + count);
            int row = row();
            Arrays.fill(out, row + x, row + end, (byte) value);
            x = end;
            return;
        }
        for (int i = 0; i < count; i++) {
            put(i % 2 == 0 ? value >> 4 : value & 15);
        }
    }

    private void copy(int count) {
        int start = at;
        int pair = 0;
        for (int i = 0; i < count; i++) {
            if (nibbles) {
                pair = i % 2 == 0 ? next() : pair;
                put(i % 2 == 0 ? pair >> 4 : pair & 15);
            } else {
                put(next());
            }
        }
        at += at - start & 1;
    }

    private void put(int value) {
        int row = row();
        if (x < width) {
            out[row + x++] = (byte) value;
        }
    }

    private int row() {
        if (y >= height) {
            throw PictureException.broken(PictureFormat.BMP, "run lengths go on after the last row");
        }
        return y * stride;
    }

    private int next() {
        if (at >= coded.length) {
            throw PictureException.broken(PictureFormat.BMP, "the run lengths end before the picture does");
        }
        return coded[at++] & 0xff;
    }
}
