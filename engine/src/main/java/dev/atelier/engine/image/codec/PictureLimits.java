package dev.atelier.engine.image.codec;

import dev.atelier.engine.image.PictureSize;

/**
 * What {@link PictureReader} takes; checked against a file's header before anything is decoded.
 *
 * @param maxBytes length of the file
 * @param maxPixels width times height
 * @param maxSide pixels of the longer side
 */
public record PictureLimits(long maxBytes, long maxPixels, int maxSide) {
    /** 30 MiB, 36 megapixels, 32,768 pixels a side. */
    public static final PictureLimits DEFAULT = new PictureLimits(30L << 20, 36_000_000, 32_768);

    /** More pixels would not fit an array of three bytes a pixel. */
    private static final long MOST_PIXELS = 500_000_000;

    public PictureLimits {
        if (maxBytes < 1 || maxPixels < 1 || maxSide < 1 || maxPixels > MOST_PIXELS) {
            throw new IllegalArgumentException("limits: " + maxBytes + " bytes, " + maxPixels + " pixels, " + maxSide
                    + " a side; each must be at least 1 and the pixels at most " + MOST_PIXELS);
        }
    }

    void checkBytes(long bytes) {
        if (bytes > maxBytes) {
            throw PictureException.tooLarge(
                    "picture: the file has " + bytes + " bytes; at most " + maxBytes + " are allowed");
        }
    }

    void checkSize(PictureFormat format, PictureSize size) {
        if (size.width() > maxSide || size.height() > maxSide) {
            throw PictureException.tooLarge(
                    format.label() + ": " + size + " has a side of more than " + maxSide + " pixels");
        }
        if (size.pixels() > maxPixels) {
            throw PictureException.tooLarge(format.label() + ": " + size + " is " + size.pixels() + " pixels; at most "
                    + maxPixels + " are allowed");
        }
    }
}
