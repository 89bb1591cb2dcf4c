package dev.atelier.engine.image.codec;

import dev.atelier.engine.image.PictureSize;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** GIF: the first frame, on the white canvas of the logical screen. */
final class GifGuard implements FormatGuard {
    private static final int HEADER = 13;
    private static final int DESCRIPTOR = 10;
    private static final int EXTENSION = 0x21;
    private static final int GRAPHIC_CONTROL = 0xf9;
    private static final int IMAGE = 0x2c;
    private static final int NONE = -1;

    /** First row and step of each pass over an interlaced frame. */
    private static final int[][] PASSES = {{0, 8}, {4, 8}, {2, 4}, {1, 2}};

    private final ByteBuffer file;
    private final PictureSize canvas;
    private final PictureSize frame;
    private final int left;
    private final int top;
    private final int transparentIndex;
    private final int[] palette;
    private final boolean interlaced;
    private final int dataAt;

    GifGuard(byte[] bytes) {
        file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int at = HEADER + paletteBytes(file.get(10));
        int transparent = NONE;
        int kind;
        while ((kind = file.get(at) & 0xff) == EXTENSION) {
            if ((file.get(at + 1) & 0xff) == GRAPHIC_CONTROL) {
                transparent = (file.get(at + 3) & 1) == 0 ? NONE : file.get(at + 6) & 0xff;
            }
            at = endOfBlocks(at + 2);
        }
        if (kind != IMAGE) {
            throw PictureException.broken(PictureFormat.GIF, "there is no frame");
        }
        transparentIndex = transparent;
        left = unsigned(at + 1);
        top = unsigned(at + 3);
        frame = sizeOf(at + 5);
        boolean noScreen = unsigned(6) == 0 || unsigned(8) == 0;
        canvas = noScreen ? frame : sizeOf(6);
        byte flags = file.get(at + 9);
        interlaced = (flags & 0x40) != 0;
        dataAt = at + DESCRIPTOR + paletteBytes(flags);
        palette = paletteBytes(flags) > 0 ? palette(at + DESCRIPTOR, flags) : palette(HEADER, file.get(10));
        endOfBlocks(dataAt + 1);
    }

    /** Of the canvas or the frame, whichever is more to decode. */
    @Override
    public PictureSize size() {
        return new PictureSize(Math.max(canvas.width(), frame.width()), Math.max(canvas.height(), frame.height()));
    }

    @Override
    public DecodedPicture decode() {
        int width = frame.width();
        byte[] indices = GifLzw.decode(data(), file.get(dataAt), width * frame.height());
        BufferedImage image = new BufferedImage(canvas.width(), canvas.height(), BufferedImage.TYPE_INT_ARGB);
        int[] row = new int[width];
        int[] rows = rowOrder();
        int shown = Math.min(width, canvas.width() - left);
        for (int i = 0; i < rows.length && shown > 0; i++) {
            int y = top + rows[i];
            if (y < canvas.height()) {
                for (int x = 0; x < width; x++) {
                    row[x] = palette[indices[i * width + x] & 0xff];
                }
                image.setRGB(left, y, shown, 1, row, 0, width);
            }
        }
        return DecodedPicture.of(image);
    }

    /** For each coded row, the row of the frame that it is. */
    private int[] rowOrder() {
        int[] rows = new int[frame.height()];
        int at = 0;
        for (int[] pass : interlaced ? PASSES : new int[][] {{0, 1}}) {
            for (int y = pass[0]; y < rows.length; y += pass[1]) {
                rows[at++] = y;
            }
        }
        return rows;
    }

    /** 256 colours as ARGB; black where the file defines none. */
    private int[] palette(int at, byte flags) {
        int[] colours = new int[256];
        int count = paletteBytes(flags) / 3;
        for (int i = 0; i < colours.length; i++) {
            int rgb = 0;
            for (int c = 0; c < 3 && i < count; c++) {
                rgb = rgb << 8 | file.get(at + i * 3 + c) & 0xff;
            }
            colours[i] = i == transparentIndex ? 0 : 0xff00_0000 | rgb;
        }
        return colours;
    }

    private static int paletteBytes(byte flags) {
        return (flags & 0x80) == 0 ? 0 : 3 << (flags & 7) + 1;
    }

    /** Past a chain of data blocks, each a length and that many bytes, up to the empty one. */
    private int endOfBlocks(int from) {
        int at = from;
        int length;
        do {
            length = file.get(at) & 0xff;
            at += length + 1;
        } while (length > 0);
        return at;
    }

    private byte[] data() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int at = dataAt + 1;
        int length;
        while ((length = file.get(at) & 0xff) > 0) {
            out.write(file.array(), at + 1, length);
            at += length + 1;
        }
        return out.toByteArray();
    }

    private PictureSize sizeOf(int at) {
        int width = unsigned(at);
        int height = unsigned(at + 2);
        if (width == 0 || height == 0) {
            throw PictureException.broken(PictureFormat.GIF, width + "x" + height + " is no size");
        }
        return new PictureSize(width, height);
    }

    private int unsigned(int at) {
        return file.getShort(at) & 0xffff;
    }
}
