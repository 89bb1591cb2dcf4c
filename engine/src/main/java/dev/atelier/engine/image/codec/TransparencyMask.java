package dev.atelier.engine.image.codec;

import dev.atelier.engine.image.Picture;
import java.awt.image.Raster;

/** What is transparent in a picture, as a mask. */
final class TransparencyMask {
    private TransparencyMask() {}

    /** White where {@code decoded} is transparent and black where it is opaque; the picture itself when all of it is opaque. */
    static Picture of(DecodedPicture decoded) {
        if (!decoded.hasAlpha()) {
            return SrgbConversion.convert(decoded);
        }
        Raster raster = decoded.raster();
        int width = raster.getWidth();
        int height = raster.getHeight();
        int band = decoded.channels().count();
        int opaque = (1 << raster.getSampleModel().getSampleSize(band)) - 1;
        byte[] rgb = new byte[Math.multiplyExact(Math.multiplyExact(width, height), 3)];
        int[] row = new int[width];
        boolean transparent = false;
        for (int y = 0; y < height; y++) {
            raster.getSamples(raster.getMinX(), raster.getMinY() + y, width, 1, band, row);
            for (int x = 0; x < width; x++) {
                transparent |= row[x] < opaque;
                byte level = (byte) (255 - (row[x] * 255L + opaque / 2) / opaque);
                int at = (y * width + x) * 3;
                rgb[at] = level;
                rgb[at + 1] = level;
                rgb[at + 2] = level;
            }
        }
        return transparent ? new Picture(width, height, rgb) : SrgbConversion.convert(decoded);
    }
}
