package dev.atelier.training.evaluation;

import dev.atelier.engine.image.Picture;

/** Peak signal-to-noise ratios of 8-bit pictures, {@code 10 log10(255² / mean squared error)}, in decibels. */
final class PictureDistance {
    /** What identical pictures score, so that means stay finite. */
    static final double MOST = 60;

    private PictureDistance() {}

    /** @throws IllegalArgumentException when their sizes differ */
    static double psnr(Picture a, Picture b) {
        return psnrOutside(a, b, new byte[a.width() * a.height()]);
    }

    /**
     * Over the pixels where {@code mask} is 0.
     *
     * @param mask one byte a pixel, rows from the top
     * @throws IllegalArgumentException when sizes differ or the mask leaves no pixel
     */
    static double psnrOutside(Picture a, Picture b, byte[] mask) {
        if (a.width() != b.width() || a.height() != b.height() || mask.length != a.width() * a.height()) {
            throw new IllegalArgumentException(
                    "pictures: " + a + " and " + b + " with a mask of " + mask.length + " pixels");
        }
        byte[] first = a.toBytes();
        byte[] second = b.toBytes();
        long sum = 0;
        long count = 0;
        for (int i = 0; i < mask.length; i++) {
            if (mask[i] == 0) {
                count += 3;
                for (int c = 3 * i; c < 3 * i + 3; c++) {
                    int difference = (first[c] & 0xff) - (second[c] & 0xff);
                    sum += (long) difference * difference;
                }
            }
        }
        if (count == 0) {
            throw new IllegalArgumentException("mask: leaves no pixel of " + a);
        }
        return sum == 0 ? MOST : Math.min(MOST, 10 * Math.log10(255.0 * 255.0 * count / sum));
    }

    /** The share of pixels where {@code mask} is 0. */
    static double outside(byte[] mask) {
        long count = 0;
        for (byte masked : mask) {
            count += 1 - masked;
        }
        return (double) count / mask.length;
    }
}
