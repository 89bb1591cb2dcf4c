package dev.atelier.engine.image.codec;

import dev.atelier.engine.image.Orientation;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;

/**
 * Pixels as a decoder gives them, with all that says how they are meant.
 *
 * @param raster the channels, then an alpha channel if there is one more band
 * @param profile an ICC profile, empty when there is none
 * @param gamma the exponent that encoded the samples, where no profile says more; 0: as sRGB does
 */
record DecodedPicture(
        Raster raster,
        Channels channels,
        boolean premultiplied,
        byte[] profile,
        double gamma,
        Orientation orientation) {
    static final byte[] NO_PROFILE = {};

    /** Unmanaged colours, upright. */
    static DecodedPicture of(Raster raster, Channels channels) {
        return new DecodedPicture(raster, channels, false, NO_PROFILE, 0, Orientation.UPRIGHT);
    }

    /** The samples of {@code image} untouched by its colour model, but for a palette, which is looked up. */
    static DecodedPicture of(BufferedImage image) {
        if (image.getColorModel() instanceof IndexColorModel palette) {
            return of(lookUp(image.getRaster(), palette), Channels.RGB);
        }
        Channels channels = switch (image.getColorModel().getNumColorComponents()) {
            case 1 -> Channels.GREY;
            case 3 -> Channels.RGB;
            case 4 -> Channels.CMYK;
            default -> throw new IllegalArgumentException(image.getColorModel().getNumColorComponents() + " channels");
        };
        return new DecodedPicture(
                image.getRaster(), channels, image.isAlphaPremultiplied(), NO_PROFILE, 0, Orientation.UPRIGHT);
    }

    DecodedPicture withColours(byte[] profile, double gamma) {
        return new DecodedPicture(raster, channels, premultiplied, profile, gamma, orientation);
    }

    DecodedPicture withOrientation(Orientation orientation) {
        return new DecodedPicture(raster, channels, premultiplied, profile, gamma, orientation);
    }

    boolean hasAlpha() {
        return raster.getNumBands() > channels.count();
    }

    private static Raster lookUp(Raster indices, IndexColorModel palette) {
        int width = indices.getWidth();
        BufferedImage coloured = new BufferedImage(width, indices.getHeight(), BufferedImage.TYPE_INT_ARGB);
        WritableRaster out = coloured.getRaster();
        int[] row = new int[width];
        for (int y = 0; y < indices.getHeight(); y++) {
            indices.getSamples(0, y, width, 1, 0, row);
            for (int x = 0; x < width; x++) {
                if (row[x] >= palette.getMapSize()) {
                    throw new IndexOutOfBoundsException(row[x] + " in a palette of " + palette.getMapSize());
                }
                row[x] = palette.getRGB(row[x]);
            }
            out.setDataElements(0, y, width, 1, row);
        }
        return out;
    }
}
