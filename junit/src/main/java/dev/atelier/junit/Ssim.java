package dev.atelier.junit;

/** Mean structural similarity (Wang et al. 2004, equations 13 and 17), as {@link PictureDifference#ssim} says. */
final class Ssim {
    static final int WINDOW = 11;
    private static final double SIGMA = 1.5;
    private static final double C1 = 0.01 * 255 * 0.01 * 255;
    private static final double C2 = 0.03 * 255 * 0.03 * 255;
    private static final double[] WEIGHTS = weights();

    private Ssim() {}

    private static double[] weights() {
        double[] weights = new double[WINDOW];
        double sum = 0;
        for (int i = 0; i < WINDOW; i++) {
            double away = i - WINDOW / 2;
            weights[i] = Math.exp(-away * away / (2 * SIGMA * SIGMA));
            sum += weights[i];
        }
        for (int i = 0; i < WINDOW; i++) {
            weights[i] /= sum;
        }
        return weights;
    }

    /**
     * @param first values 0 to 255, rows of {@code width}; so is {@code second}
     * @throws IllegalArgumentException when no window fits
     */
    static double mean(double[] first, double[] second, int width) {
        int height = first.length / width;
        if (width < WINDOW || height < WINDOW) {
            throw new IllegalArgumentException(
                    "picture: " + width + "x" + height + " is too small; at least 11x11 pixels are needed");
        }
        double[] meanFirst = blurred(first, first, width, false);
        double[] meanSecond = blurred(second, second, width, false);
        double[] squareFirst = blurred(first, first, width, true);
        double[] squareSecond = blurred(second, second, width, true);
        double[] product = blurred(first, second, width, true);
        double sum = 0;
        for (int i = 0; i < product.length; i++) {
            double a = meanFirst[i];
            double b = meanSecond[i];
            double covariance = product[i] - a * b;
            double variances = squareFirst[i] - a * a + squareSecond[i] - b * b;
            sum += (2 * a * b + C1) * (2 * covariance + C2) / ((a * a + b * b + C1) * (variances + C2));
        }
        return sum / product.length;
    }

    /** Gaussian means of all windows that fit, of {@code first}, or of its product with {@code second}. */
    private static double[] blurred(double[] first, double[] second, int width, boolean multiply) {
        int height = first.length / width;
        int columns = width - WINDOW + 1;
        int rows = height - WINDOW + 1;
        double[] across = new double[columns * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < columns; x++) {
                double sum = 0;
                for (int k = 0; k < WINDOW; k++) {
                    int at = y * width + x + k;
                    sum += WEIGHTS[k] * (multiply ? first[at] * second[at] : first[at]);
                }
                across[y * columns + x] = sum;
            }
        }
        double[] result = new double[columns * rows];
        for (int y = 0; y < rows; y++) {
            for (int x = 0; x < columns; x++) {
                double sum = 0;
                for (int k = 0; k < WINDOW; k++) {
                    sum += WEIGHTS[k] * across[(y + k) * columns + x];
                }
                result[y * columns + x] = sum;
            }
        }
        return result;
    }
}
