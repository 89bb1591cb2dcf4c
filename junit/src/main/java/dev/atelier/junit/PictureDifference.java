package dev.atelier.junit;

import java.awt.image.BufferedImage;

/**
 * How far two pictures of one size are apart for the eye. Two measures, since either alone is blind to something: structure of light and dark, and
 * colour of small areas.
 */
public final class PictureDifference {
    private static final int TILE = 16;

    private final double ssim;
    private final double deltaE;
    private final int x;
    private final int y;
    private final float[] map;

    private PictureDifference(double ssim, double deltaE, int x, int y, float[] map) {
        this.ssim = ssim;
        this.deltaE = deltaE;
        this.x = x;
        this.y = y;
        this.map = map;
    }

    /**
     * @param expected at least 11x11 pixels; transparent ones count as over white
     * @throws IllegalArgumentException when it is smaller, or the sizes differ
     */
    public static PictureDifference between(BufferedImage expected, BufferedImage actual) {
        int width = expected.getWidth();
        int height = expected.getHeight();
        if (width != actual.getWidth() || height != actual.getHeight()) {
            throw new IllegalArgumentException("pictures: " + width + "x" + height + " and " + actual.getWidth() + "x"
                    + actual.getHeight() + " have different sizes");
        }
        int[] first = Colours.overWhite(expected);
        int[] second = Colours.overWhite(actual);
        float[] map = new float[first.length];
        for (int i = 0; i < map.length; i++) {
            map[i] = first[i] == second[i]
                    ? 0
                    : (float) Ciede2000.difference(Colours.lab(first[i]), Colours.lab(second[i]));
        }
        double ssim = Ssim.mean(Colours.luma(first), Colours.luma(second), width);
        return worst(ssim, map, width, height);
    }

    private static PictureDifference worst(double ssim, float[] map, int width, int height) {
        double most = -1;
        int atX = 0;
        int atY = 0;
        for (int top = 0; top < height; top += TILE) {
            for (int left = 0; left < width; left += TILE) {
                int right = Math.min(left + TILE, width);
                int bottom = Math.min(top + TILE, height);
                double sum = 0;
                for (int row = top; row < bottom; row++) {
                    for (int column = left; column < right; column++) {
                        sum += map[row * width + column];
                    }
                }
                double mean = sum / ((right - left) * (bottom - top));
                if (mean > most) {
                    most = mean;
                    atX = (left + right) / 2;
                    atY = (top + bottom) / 2;
                }
            }
        }
        return new PictureDifference(ssim, most, atX, atY, map);
    }

    /**
     * Mean structural similarity of luma, -1 to 1; 1 for identical pictures. Wang, Bovik, Sheikh and Simoncelli, "Image Quality Assessment: From
     * Error Visibility to Structural Similarity", IEEE Transactions on Image Processing 13(4), 2004, equation 13: windows of 11x11 with a
     * Gaussian of 1.5 pixels, K1 = 0.01, K2 = 0.03, L = 255; luma of ITU-R BT.601, windows inside the picture, no scaling.
     */
    public double ssim() {
        return ssim;
    }

    /**
     * Mean CIEDE2000 difference of the area of 16x16 pixels where it is largest; 0 for identical pictures, about 1 is the least that is
     * seen. Sharma, Wu and Dalal, "The CIEDE2000 Color-Difference Formula: Implementation Notes, Supplementary Test Data, and
     * Mathematical Observations", Color Research and Application 30(1), 2005; sRGB as IEC 61966-2-1 has it, white D65.
     */
    public double deltaE() {
        return deltaE;
    }

    /** Pixels from the left to the middle of that area. */
    public int x() {
        return x;
    }

    /** Pixels from the top to the middle of that area. */
    public int y() {
        return y;
    }

    /** CIEDE2000 of each pixel, rows from the top. */
    float[] map() {
        return map;
    }
}
