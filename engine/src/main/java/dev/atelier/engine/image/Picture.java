package dev.atelier.engine.image;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.util.Objects;

/**
 * An immutable 8-bit sRGB picture: rows from the top, three bytes (red, green, blue) a pixel. What the pipelines take as
 * references and give as results, free of native memory.
 */
public final class Picture {
    private final int width;
    private final int height;
    private final byte[] rgb;

    /**
     * @param rgb {@code width * height * 3} bytes; not copied, so the caller must not write to it again
     * @throws IllegalArgumentException when the size is not positive or the length does not fit
     */
    public Picture(int width, int height, byte[] rgb) {
        Objects.requireNonNull(rgb, "rgb");
        if (width < 1 || height < 1 || rgb.length != Math.multiplyExact(Math.multiplyExact(width, height), 3)) {
            throw new IllegalArgumentException(rgb.length + " bytes are no picture of " + width + "x" + height);
        }
        this.width = width;
        this.height = height;
        this.rgb = rgb;
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    /** The channel ({@code 0} red, {@code 1} green, {@code 2} blue) of a pixel, 0 to 255. */
    public int channel(int x, int y, int channel) {
        return rgb[(y * width + x) * 3 + channel] & 0xff;
    }

    /** A copy of the bytes, rows from the top, red green blue. */
    public byte[] toBytes() {
        return rgb.clone();
    }

    /** The bytes themselves, for readers in this package that do not write to them. */
    byte[] bytes() {
        return rgb;
    }

    /** A copy as a {@code TYPE_INT_RGB} image. */
    public BufferedImage toImage() {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        int[] pixels = new int[width * height];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (rgb[3 * i] & 0xff) << 16 | (rgb[3 * i + 1] & 0xff) << 8 | rgb[3 * i + 2] & 0xff;
        }
        image.setRGB(0, 0, width, height, pixels, 0, width);
        return image;
    }

    /** The bytes themselves as an image, for encoders: a large picture is not held twice. It must not be written to. */
    public BufferedImage view() {
        int[] offsets = {0, 1, 2};
        WritableRaster raster = Raster.createInterleavedRaster(
                new DataBufferByte(rgb, rgb.length), width, height, width * 3, 3, offsets, null);
        ComponentColorModel colours = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_sRGB), false, false, Transparency.OPAQUE, DataBuffer.TYPE_BYTE);
        return new BufferedImage(colours, raster, false, null);
    }

    /** A copy of {@code image}, converted to sRGB; transparency is flattened onto white. */
    public static Picture of(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        byte[] rgb = new byte[width * height * 3];
        int[] row = new int[width];
        for (int y = 0; y < height; y++) {
            image.getRGB(0, y, width, 1, row, 0, width);
            for (int x = 0; x < width; x++) {
                int alpha = row[x] >>> 24;
                int at = (y * width + x) * 3;
                rgb[at] = flatten(row[x] >> 16 & 0xff, alpha);
                rgb[at + 1] = flatten(row[x] >> 8 & 0xff, alpha);
                rgb[at + 2] = flatten(row[x] & 0xff, alpha);
            }
        }
        return new Picture(width, height, rgb);
    }

    private static byte flatten(int value, int alpha) {
        return (byte) (alpha == 255 ? value : (value * alpha + 255 * (255 - alpha) + 127) / 255);
    }

    @Override
    public String toString() {
        return "Picture[" + width + "x" + height + "]";
    }
}
