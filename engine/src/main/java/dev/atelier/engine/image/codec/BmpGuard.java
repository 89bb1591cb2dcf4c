package dev.atelier.engine.image.codec;

import dev.atelier.engine.image.PictureSize;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * BMP, of OS/2 and of Windows: 1, 4, 8, 16, 24 and 32 bits, bit fields, run lengths. The decoder sees a plain rewriting of the
 * file, with run lengths expanded and nothing in its header that points elsewhere.
 */
final class BmpGuard implements FormatGuard {
    private static final int FILE_HEADER = 14;
    private static final int CORE_HEADER = 12;
    private static final int INFO_HEADER = 40;
    private static final int MASKED_HEADER = 56;
    private static final int UNCOMPRESSED = 0;
    private static final int RUN_LENGTH_8 = 1;
    private static final int RUN_LENGTH_4 = 2;
    private static final int BIT_FIELDS = 3;

    private final ByteBuffer file;
    private final int headerBytes;
    private final PictureSize size;
    private final boolean topDown;
    private final int bits;
    private final int compression;
    private final int pixelsAt;

    BmpGuard(byte[] bytes) {
        file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        pixelsAt = file.getInt(10);
        headerBytes = file.getInt(FILE_HEADER);
        boolean core = headerBytes == CORE_HEADER;
        if (!core && (headerBytes < INFO_HEADER || headerBytes > 124)) {
            throw PictureException.unsupported(
                    PictureFormat.BMP,
                    "a header of " + Integer.toUnsignedLong(headerBytes) + " bytes; 12 and 40 to 124 are read");
        }
        int width = core ? file.getShort(18) & 0xffff : file.getInt(18);
        int height = core ? file.getShort(20) & 0xffff : file.getInt(22);
        bits = file.getShort(core ? 24 : 28) & 0xffff;
        compression = core ? UNCOMPRESSED : file.getInt(30);
        topDown = height < 0;
        if (width < 1 || height == 0 || height == Integer.MIN_VALUE) {
            throw PictureException.broken(PictureFormat.BMP, width + "x" + height + " is no size");
        }
        size = new PictureSize(width, Math.abs(height));
        if (!legal()) {
            throw PictureException.unsupported(
                    PictureFormat.BMP, bits + " bits a pixel with compression " + Integer.toUnsignedLong(compression));
        }
        if (pixelsAt < FILE_HEADER + headerBytes || pixelsAt > bytes.length) {
            throw PictureException.broken(PictureFormat.BMP, "the pixels start outside the file");
        }
        if (!runLengths() && pixelBytes() > bytes.length - pixelsAt) {
            throw PictureException.broken(
                    PictureFormat.BMP,
                    size + " needs " + pixelBytes() + " bytes of pixels, the file has " + (bytes.length - pixelsAt));
        }
    }

    private boolean legal() {
        return switch (compression) {
            case UNCOMPRESSED -> bits == 1 || bits == 4 || bits == 8 || bits == 16 || bits == 24 || bits == 32;
            case RUN_LENGTH_8 -> bits == 8 && !topDown;
            case RUN_LENGTH_4 -> bits == 4 && !topDown;
            case BIT_FIELDS -> bits == 16 || bits == 32;
            default -> false;
        };
    }

    private boolean runLengths() {
        return compression == RUN_LENGTH_8 || compression == RUN_LENGTH_4;
    }

    private long pixelBytes() {
        return ((long) size.width() * bits + 31) / 32 * 4 * size.height();
    }

    @Override
    public PictureSize size() {
        return size;
    }

    @Override
    public DecodedPicture decode() throws IOException {
        BufferedImage image = JdkImageReaders.read(PictureFormat.BMP, plain());
        return DecodedPicture.of(image);
    }

    /** The same picture as a file with a header of 40 bytes (56 with bit fields), a palette of 4-byte entries, and pixels. */
    private byte[] plain() {
        boolean masked = compression == BIT_FIELDS;
        int header = masked ? MASKED_HEADER : INFO_HEADER;
        byte[] palette = palette();
        int plainBits = runLengths() ? 8 : bits;
        int offset = FILE_HEADER + header + palette.length;
        byte[] pixels = pixels();
        ByteBuffer out =
                ByteBuffer.allocate(Math.addExact(offset, pixels.length)).order(ByteOrder.LITTLE_ENDIAN);
        out.put((byte) 'B').put((byte) 'M').putInt(out.capacity()).putInt(0).putInt(offset);
        out.putInt(header).putInt(size.width()).putInt(topDown ? -size.height() : size.height());
        out.putShort((short) 1).putShort((short) plainBits).putInt(masked ? BIT_FIELDS : UNCOMPRESSED);
        out.putInt(pixels.length).putInt(0).putInt(0).putInt(palette.length / 4).putInt(0);
        if (masked) {
            int masks = FILE_HEADER + INFO_HEADER;
            boolean alpha = headerBytes >= MASKED_HEADER;
            out.putInt(file.getInt(masks)).putInt(file.getInt(masks + 4)).putInt(file.getInt(masks + 8));
            out.putInt(alpha ? file.getInt(masks + 12) : 0);
        }
        return out.put(palette).put(pixels).array();
    }

    private byte[] pixels() {
        byte[] stored = new byte[file.limit() - pixelsAt];
        file.get(pixelsAt, stored);
        return runLengths() ? BmpRunLengths.expand(stored, size, compression == RUN_LENGTH_4) : stored;
    }

    /** Blue, green, red and a zero for each index; as many as the pixels can name, those that the file lacks black. */
    private byte[] palette() {
        if (bits > 8) {
            return new byte[0];
        }
        int entry = headerBytes == CORE_HEADER ? 3 : 4;
        int from = FILE_HEADER + headerBytes;
        int stored = Math.min(1 << bits, (pixelsAt - from) / entry);
        byte[] palette = new byte[(1 << (runLengths() ? 8 : bits)) * 4];
        for (int i = 0; i < stored; i++) {
            file.get(from + i * entry, palette, i * 4, 3);
        }
        return palette;
    }
}
