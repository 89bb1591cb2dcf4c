package dev.atelier.engine.image.codec;

import dev.atelier.engine.image.PictureSize;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * PNG. The decoder sees only the chunks that make pixels: text and profiles, which can be packed a thousandfold, stay out of its
 * way.
 */
final class PngGuard implements FormatGuard {
    private static final int PALETTE = 3;

    private final PngChunks chunks;
    private final PictureSize size;
    private final int colourType;

    PngGuard(byte[] file) {
        chunks = new PngChunks(file);
        PngChunks.Chunk header = chunks.all().getFirst();
        if (!header.kind().equals("IHDR") || header.length() != 13) {
            throw PictureException.broken(PictureFormat.PNG, "it does not start with a header of 13 bytes");
        }
        ByteBuffer fields = ByteBuffer.wrap(file);
        int width = fields.getInt(header.offset());
        int height = fields.getInt(header.offset() + 4);
        if (width < 1 || height < 1) {
            throw PictureException.broken(
                    PictureFormat.PNG,
                    Integer.toUnsignedLong(width) + "x" + Integer.toUnsignedLong(height) + " is no size");
        }
        size = new PictureSize(width, height);
        int depth = fields.get(header.offset() + 8);
        colourType = fields.get(header.offset() + 9);
        if (!legal(depth, colourType)) {
            throw PictureException.broken(
                    PictureFormat.PNG,
                    "colour type " + colourType + " with " + depth + " bits a sample is not defined");
        }
        if (colourType == PALETTE && !chunks.has("PLTE")) {
            throw PictureException.broken(PictureFormat.PNG, "the palette is missing");
        }
        if (!chunks.has("IDAT")) {
            throw PictureException.broken(PictureFormat.PNG, "there are no pixels");
        }
    }

    private static boolean legal(int depth, int colourType) {
        return switch (colourType) {
            case 0 -> depth == 1 || depth == 2 || depth == 4 || depth == 8 || depth == 16;
            case PALETTE -> depth == 1 || depth == 2 || depth == 4 || depth == 8;
            case 2, 4, 6 -> depth == 8 || depth == 16;
            default -> false;
        };
    }

    @Override
    public PictureSize size() {
        return size;
    }

    @Override
    public DecodedPicture decode() throws IOException {
        DecodedPicture decoded = colourType == PALETTE ? decodePalette() : decodeSamples();
        boolean saysSrgb = chunks.has("sRGB") && !chunks.has("iCCP");
        byte[] gamma = chunks.first("gAMA");
        byte[] profile = profile();
        boolean useGamma = !saysSrgb && profile.length == 0 && gamma.length == 4;
        return decoded.withColours(
                        profile, useGamma ? exponent(ByteBuffer.wrap(gamma).getInt()) : 0)
                .withOrientation(TiffDirectory.orientation(chunks.first("eXIf")));
    }

    private DecodedPicture decodePalette() throws IOException {
        byte[] pixels = chunks.only(List.of("IHDR", "PLTE", "tRNS", "IDAT", "IEND"));
        BufferedImage image = JdkImageReaders.read(PictureFormat.PNG, pixels);
        if (!(image.getColorModel() instanceof IndexColorModel)) {
            throw PictureException.broken(PictureFormat.PNG, "the palette is damaged");
        }
        return DecodedPicture.of(image);
    }

    private DecodedPicture decodeSamples() throws IOException {
        // The colour model of the decoder is left aside: Java takes grey for linear light.
        BufferedImage image = JdkImageReaders.read(PictureFormat.PNG, chunks.only(List.of("IHDR", "IDAT", "IEND")));
        Channels channels = colourType == 0 || colourType == 4 ? Channels.GREY : Channels.RGB;
        byte[] key = chunks.first("tRNS");
        boolean keyed = (colourType == 0 || colourType == 2) && key.length == channels.count() * 2;
        return DecodedPicture.of(keyed ? withKey(image.getRaster(), key) : image.getRaster(), channels);
    }

    /** The raster with an alpha band that is 0 where all samples equal the key colour. */
    private static Raster withKey(Raster raster, byte[] key) {
        int bands = raster.getNumBands();
        int width = raster.getWidth();
        boolean deep = raster.getSampleModel().getSampleSize(0) > 8;
        int top = (1 << raster.getSampleModel().getSampleSize(0)) - 1;
        int max = deep ? 65_535 : 255;
        WritableRaster out = Raster.createInterleavedRaster(
                deep ? DataBuffer.TYPE_USHORT : DataBuffer.TYPE_BYTE, width, raster.getHeight(), bands + 1, null);
        int[] in = new int[width * bands];
        int[] row = new int[width * (bands + 1)];
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getPixels(0, y, width, 1, in);
            for (int x = 0; x < width; x++) {
                boolean transparent = true;
                for (int b = 0; b < bands; b++) {
                    int sample = in[x * bands + b];
                    transparent &= sample == (ByteBuffer.wrap(key).getShort(b * 2) & top);
                    row[x * (bands + 1) + b] = sample * max / top;
                }
                row[x * (bands + 1) + bands] = transparent ? 0 : max;
            }
            out.setPixels(0, y, width, 1, row);
        }
        return out;
    }

    /** The embedded profile: a name, a zero, the packing method 0, zlib data. */
    private byte[] profile() {
        byte[] data = chunks.first("iCCP");
        for (int i = 0; i < Math.min(80, data.length - 2); i++) {
            if (data[i] == 0) {
                return PngChunks.inflate(data, i + 2, IccTransform.MAX_BYTES);
            }
        }
        return DecodedPicture.NO_PROFILE;
    }

    /** {@code gAMA} as an exponent; 0 where it is sRGB's usual 1/2.2 or senseless. */
    private static double exponent(int hundredThousandths) {
        boolean likeSrgb = Math.abs(hundredThousandths - 45_455) < 1_500;
        boolean sensible = hundredThousandths >= 10_000 && hundredThousandths <= 500_000;
        return likeSrgb || !sensible ? 0 : hundredThousandths / 100_000.0;
    }
}
