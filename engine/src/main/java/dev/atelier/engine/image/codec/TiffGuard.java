package dev.atelier.engine.image.codec;

import dev.atelier.engine.image.Orientation;
import dev.atelier.engine.image.PictureSize;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * TIFF 6.0: the first page; grey, palette, RGB, CMYK and YCbCr of up to 16 bits a sample; uncompressed, PackBits, LZW, Deflate,
 * CCITT and JPEG; strips and tiles. The decoder sees a directory rewritten from checked fields: no other pages, no further
 * directories, no field that points outside the file.
 */
final class TiffGuard implements FormatGuard {
    private static final int WIDTH = 256;
    private static final int HEIGHT = 257;
    private static final int BITS = 258;
    private static final int COMPRESSION = 259;
    private static final int PHOTOMETRIC = 262;
    private static final int STRIP_OFFSETS = 273;
    private static final int SAMPLES = 277;
    private static final int STRIP_ROWS = 278;
    private static final int STRIP_BYTES = 279;
    private static final int PLANAR = 284;
    private static final int COLOUR_MAP = 320;
    private static final int TILE_WIDTH = 322;
    private static final int TILE_HEIGHT = 323;
    private static final int TILE_OFFSETS = 324;
    private static final int TILE_BYTES = 325;
    private static final int EXTRA_SAMPLES = 338;
    private static final int SAMPLE_FORMAT = 339;
    private static final int JPEG_TABLES = 347;
    private static final int PROFILE = 34_675;

    private static final int LZW = 5;
    private static final int JPEG = 7;
    private static final int PALETTE = 3;
    private static final List<Integer> COMPRESSIONS = List.of(1, 2, 3, 4, LZW, JPEG, 8, 32_773, 32_946);
    private static final List<Integer> PHOTOMETRICS = List.of(0, 1, 2, PALETTE, 5, 6);

    /** The fields that say how pixels are stored, in rising order, which the format demands. */
    private static final int[] PIXEL_FIELDS = {
        WIDTH,
        HEIGHT,
        BITS,
        COMPRESSION,
        PHOTOMETRIC,
        266,
        STRIP_OFFSETS,
        SAMPLES,
        STRIP_ROWS,
        STRIP_BYTES,
        PLANAR,
        292,
        293,
        317,
        COLOUR_MAP,
        TILE_WIDTH,
        TILE_HEIGHT,
        TILE_OFFSETS,
        TILE_BYTES,
        EXTRA_SAMPLES,
        SAMPLE_FORMAT,
        JPEG_TABLES,
        529,
        530,
        531,
        532
    };

    private static final int MAX_TILE_PIXELS = 1 << 24;
    /** Coded data longer than this many times the pixels, plus some, are made to keep a decoder busy. */
    private static final int MAX_EXPANSION = 2;

    private static final int SLACK = 1 << 16;

    private final byte[] file;
    private final TiffDirectory directory;
    private final PictureSize size;
    private final boolean tiled;

    TiffGuard(byte[] file) {
        this.file = file;
        directory = TiffDirectory.of(file);
        IntStream.concat(Arrays.stream(PIXEL_FIELDS), IntStream.of(PROFILE))
                .filter(directory::reachesBeyond)
                .findFirst()
                .ifPresent(tag -> {
                    throw broken("field " + tag + " reaches beyond the end of the file");
                });
        long width = directory.number(WIDTH, 0);
        long height = directory.number(HEIGHT, 0);
        if (width < 1 || height < 1 || width > Integer.MAX_VALUE || height > Integer.MAX_VALUE) {
            throw broken(width + "x" + height + " is no size");
        }
        size = new PictureSize((int) width, (int) height);
        tiled = directory.has(TILE_WIDTH);
        require(COMPRESSIONS, COMPRESSION, 1, "compression");
        require(PHOTOMETRICS, PHOTOMETRIC, -1, "photometric interpretation");
        require(List.of(1, 2), PLANAR, 1, "planar configuration");
        long samples = directory.number(SAMPLES, 1);
        if (samples < 1 || samples > 6) {
            throw unsupported(samples + " samples a pixel; 1 to 6 are read");
        }
        long bits = directory.number(BITS, 1);
        boolean even = LongStream.of(directory.numbers(BITS)).allMatch(b -> b == bits);
        if (!even || !List.of(1L, 2L, 4L, 8L, 16L).contains(bits)) {
            throw unsupported(
                    Arrays.toString(directory.numbers(BITS)) + " bits a sample; 1, 2, 4, 8 or 16 for all are read");
        }
        if (LongStream.of(directory.numbers(SAMPLE_FORMAT)).anyMatch(f -> f != 1 && f != 4)) {
            throw unsupported("samples that are signed or floating-point; unsigned whole numbers are read");
        }
        checkParts(samples, bits);
    }

    private void require(List<Integer> known, int tag, int otherwise, String what) {
        long value = directory.number(tag, otherwise);
        if (value < 0) {
            throw broken("the " + what + " is missing");
        }
        if (!known.contains((int) value)) {
            throw unsupported(what + " " + value + "; known are " + known);
        }
    }

    /** Strips are tiles as wide as the picture. */
    private PictureSize partSize() {
        if (!tiled) {
            return new PictureSize(
                    size.width(), Math.clamp(directory.number(STRIP_ROWS, size.height()), 1, size.height()));
        }
        long width = directory.number(TILE_WIDTH, 0);
        long height = directory.number(TILE_HEIGHT, 0);
        if (width < 1
                || height < 1
                || width > MAX_TILE_PIXELS
                || height > MAX_TILE_PIXELS
                || width * height > MAX_TILE_PIXELS) {
            throw broken(
                    "tiles of " + width + "x" + height + " pixels; at most " + MAX_TILE_PIXELS + " pixels are read");
        }
        return new PictureSize((int) width, (int) height);
    }

    private void checkParts(long samples, long bits) {
        PictureSize part = partSize();
        long across = (size.width() + (long) part.width() - 1) / part.width();
        long down = (size.height() + (long) part.height() - 1) / part.height();
        boolean planar = directory.number(PLANAR, 1) == 2;
        long count = across * down * (planar ? samples : 1);
        long[] offsets = directory.numbers(tiled ? TILE_OFFSETS : STRIP_OFFSETS);
        long[] lengths = directory.numbers(tiled ? TILE_BYTES : STRIP_BYTES);
        String parts = tiled ? "tiles" : "strips";
        if (offsets.length < count || lengths.length < count) {
            throw broken(count + " " + parts + " expected, " + offsets.length + " offsets and " + lengths.length
                    + " lengths found");
        }
        long most = part.pixels() * (planar ? 1 : samples) * bits / 8 * MAX_EXPANSION + SLACK;
        long total = 0;
        for (int i = 0; i < count; i++) {
            if (offsets[i] + lengths[i] > file.length) {
                throw broken("the " + parts + " reach beyond the end of the file");
            }
            if (lengths[i] > most) {
                throw broken("one of the " + parts + " has " + lengths[i] + " bytes for " + part + " pixels");
            }
            total += lengths[i];
        }
        if (total > file.length) {
            throw broken("the " + parts + " overlap");
        }
        if (directory.number(COMPRESSION, 1) == 1 && total < size.pixels() * samples * bits / 8) {
            throw broken(
                    size + " needs " + size.pixels() * samples * bits / 8 + " bytes of pixels, the file has " + total);
        }
        if (directory.number(COMPRESSION, 1) == LZW) {
            checkLzw(offsets, lengths, (int) count);
        }
        if (jpeg()) {
            if (planar || photometric() == 0 || photometric() == PALETTE) {
                throw unsupported("JPEG with photometric interpretation " + photometric() + " or separate planes");
            }
            for (int i = 0; i < count; i++) {
                checkJpeg(part(i), part);
            }
        }
    }

    private boolean jpeg() {
        return directory.number(COMPRESSION, 1) == JPEG;
    }

    private int photometric() {
        return (int) directory.number(PHOTOMETRIC, 1);
    }

    /** The bytes of a strip or tile. */
    private byte[] part(int index) {
        int offset = (int) directory.numbers(tiled ? TILE_OFFSETS : STRIP_OFFSETS)[index];
        int length = (int) directory.numbers(tiled ? TILE_BYTES : STRIP_BYTES)[index];
        return Arrays.copyOfRange(file, offset, offset + length);
    }

    private void checkLzw(long[] offsets, long[] lengths, int count) {
        for (int i = 0; i < count; i++) {
            if (TiffLzwGuard.clears(file, (int) offsets[i], (int) lengths[i]) > 16 + lengths[i] / 256) {
                throw broken("the LZW data start their table anew at every few codes");
            }
        }
    }

    /** A JPEG inside must not be larger than its strip or tile. */
    private static void checkJpeg(byte[] jpeg, PictureSize part) {
        if (jpeg.length < 2 || jpeg[0] != (byte) 0xff || jpeg[1] != (byte) 0xd8) {
            throw broken("a strip or tile is no JPEG");
        }
        PictureSize inner = new JpegGuard(jpeg).size();
        if (inner.width() > part.width() || inner.height() > part.height()) {
            throw broken("a JPEG of " + inner + " lies in a strip or tile of " + part);
        }
    }

    @Override
    public PictureSize size() {
        return size;
    }

    @Override
    public DecodedPicture decode() throws IOException {
        DecodedPicture decoded = jpeg()
                ? DecodedPicture.of(decodeJpegs(), jpegChannels())
                : DecodedPicture.of(JdkImageReaders.read(PictureFormat.TIFF, plain()));
        if (decoded.hasAlpha() && directory.number(EXTRA_SAMPLES, 0) == 0) {
            int[] colours = new int[decoded.channels().count()];
            Arrays.setAll(colours, i -> i);
            Raster opaque = decoded.raster().createChild(0, 0, size.width(), size.height(), 0, 0, colours);
            decoded = DecodedPicture.of(opaque, decoded.channels());
        }
        return decoded.withColours(directory.bytes(PROFILE), 0)
                .withOrientation(Orientation.of(directory.number(TiffDirectory.ORIENTATION, 1)));
    }

    /** Done here because the JDK's TIFF decoder asks for any JPEG plug-in on the class path. */
    private Raster decodeJpegs() throws IOException {
        PictureSize part = partSize();
        int samples = (int) directory.number(SAMPLES, 1);
        byte[] tables = directory.bytes(JPEG_TABLES);
        WritableRaster whole =
                Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, size.width(), size.height(), samples, null);
        int index = 0;
        for (int y = 0; y < size.height(); y += part.height()) {
            for (int x = 0; x < size.width(); x += part.width()) {
                Raster decoded = new JpegGuard(part(index++)).samples(tables);
                int width = Math.min(part.width(), size.width() - x);
                int height = Math.min(part.height(), size.height() - y);
                if (decoded.getNumBands() != samples || decoded.getWidth() < width || decoded.getHeight() < height) {
                    throw broken("a JPEG does not fill its strip or tile");
                }
                whole.setRect(x, y, decoded.createChild(0, 0, width, height, 0, 0, null));
            }
        }
        return whole;
    }

    private Channels jpegChannels() {
        return switch (photometric()) {
            case 1 -> Channels.GREY;
            case 2 -> Channels.RGB;
            case 5 -> Channels.CMYK;
            default -> Channels.YCBCR;
        };
    }

    /** The file with a new directory at its end; pixels stay where they are. */
    private byte[] plain() {
        int[] tags = Arrays.stream(PIXEL_FIELDS)
                .filter(tag -> directory.count(tag) > 0)
                .toArray();
        int start = file.length + (file.length & 1);
        int valuesAt = start + 2 + tags.length * 12 + 4;
        ByteArrayOutputStream values = new ByteArrayOutputStream();
        ByteBuffer entries = ByteBuffer.allocate(valuesAt - start).order(directory.order());
        entries.putShort((short) tags.length);
        for (int tag : tags) {
            byte[] value = directory.bytes(tag);
            entries.putShort((short) tag).putShort((short) directory.type(tag)).putInt(directory.count(tag));
            if (value.length <= 4) {
                entries.put(Arrays.copyOf(value, 4));
            } else {
                entries.putInt(valuesAt + values.size());
                values.writeBytes(value);
                values.writeBytes(new byte[value.length & 1]);
            }
        }
        ByteBuffer out = ByteBuffer.allocate(valuesAt + values.size()).order(directory.order());
        out.put(file).putInt(4, start).position(start).put(entries.array()).put(values.toByteArray());
        return out.array();
    }

    private static PictureException broken(String reason) {
        return PictureException.broken(PictureFormat.TIFF, reason);
    }

    private static PictureException unsupported(String reason) {
        return PictureException.unsupported(PictureFormat.TIFF, reason);
    }
}
