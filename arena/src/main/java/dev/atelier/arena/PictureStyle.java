package dev.atelier.arena;

import java.util.ArrayList;
import java.util.List;

/**
 * How a picture looks apart from what is on it, by which votes may be swayed.
 *
 * @param brightness mean luma (Rec. 601), 0 to 1
 * @param saturation mean of (max - min) / max of a pixel's channels, 0 to 1
 * @param sharpness natural logarithm of the variance of luma's Laplacian, plus 1e-6
 * @param colourfulness Hasler and Süsstrunk 2003, of channels 0 to 1
 * @param aspect natural logarithm of width over height
 */
public record PictureStyle(
        double brightness, double saturation, double sharpness, double colourfulness, double aspect) {
    /** Names of the values in the order of {@link #minus}. */
    public static final List<String> NAMES =
            List.of("brightness", "saturation", "sharpness", "colourfulness", "aspect");

    /**
     * @param rgb 0xRRGGBB, row by row; higher bits are ignored
     * @throws IllegalArgumentException when there are not width times height pixels
     */
    public static PictureStyle of(int[] rgb, int width, int height) {
        if (width < 1 || height < 1 || rgb.length != width * height) {
            throw new IllegalArgumentException(rgb.length + " pixels are not " + width + " times " + height);
        }
        double[] luma = new double[rgb.length];
        Moments saturation = new Moments();
        Moments redGreen = new Moments();
        Moments yellowBlue = new Moments();
        Moments brightness = new Moments();
        for (int i = 0; i < rgb.length; i++) {
            double r = (rgb[i] >> 16 & 255) / 255.0;
            double g = (rgb[i] >> 8 & 255) / 255.0;
            double b = (rgb[i] & 255) / 255.0;
            luma[i] = 0.299 * r + 0.587 * g + 0.114 * b;
            double max = Math.max(r, Math.max(g, b));
            brightness.add(luma[i]);
            saturation.add(max == 0 ? 0 : (max - Math.min(r, Math.min(g, b))) / max);
            redGreen.add(r - g);
            yellowBlue.add((r + g) / 2 - b);
        }
        double spread = Math.sqrt(redGreen.variance() + yellowBlue.variance());
        double mean = Math.hypot(redGreen.mean(), yellowBlue.mean());
        return new PictureStyle(
                brightness.mean(),
                saturation.mean(),
                Math.log(laplacian(luma, width, height) + 1e-6),
                spread + 0.3 * mean,
                Math.log((double) width / height));
    }

    /** This minus {@code other}, in the order of {@link #NAMES}. */
    public List<Double> minus(PictureStyle other) {
        List<Double> mine = values();
        List<Double> theirs = other.values();
        List<Double> difference = new ArrayList<>();
        for (int i = 0; i < mine.size(); i++) {
            difference.add(mine.get(i) - theirs.get(i));
        }
        return difference;
    }

    private List<Double> values() {
        return List.of(brightness, saturation, sharpness, colourfulness, aspect);
    }

    private static double laplacian(double[] luma, int width, int height) {
        Moments laplacian = new Moments();
        for (int y = 1; y < height - 1; y++) {
            for (int x = 1; x < width - 1; x++) {
                int i = y * width + x;
                laplacian.add(luma[i - 1] + luma[i + 1] + luma[i - width] + luma[i + width] - 4 * luma[i]);
            }
        }
        return laplacian.variance();
    }

    private static final class Moments {
        private long count;
        private double sum;
        private double squares;

        void add(double value) {
            count++;
            sum += value;
            squares += value * value;
        }

        double mean() {
            return count == 0 ? 0 : sum / count;
        }

        double variance() {
            return count == 0 ? 0 : Math.max(0, squares / count - mean() * mean());
        }
    }
}
