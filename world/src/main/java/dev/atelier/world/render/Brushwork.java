package dev.atelier.world.render;

/**
 * Makes a finished picture look painted: edges waver, areas smooth into strokes (Kuwahara's filter: each pixel takes the
 * mean of the evenest of the four squares that meet in it), and bristles leave their grain.
 */
final class Brushwork {
    private static final double WAVER = 0.003;
    private static final double GRAIN = 0.03;

    private final Canvas canvas;
    private final int width;
    private final int height;
    private final int radius;

    Brushwork(Canvas canvas) {
        this.canvas = canvas;
        this.width = canvas.width();
        this.height = canvas.height();
        this.radius = (int) Math.max(2, Math.round(canvas.unit() / 110));
    }

    void apply() {
        Noise noise = new Noise(0x5EED);
        int[] wavering = waver(noise);
        Sums sums = new Sums(wavering, width, height);
        int[] pixels = canvas.pixels();
        double unit = canvas.unit();
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int mean = sums.evenest(x, y, radius);
                double along = (x + 0.35 * y) / unit;
                double across = (y - 0.35 * x) / unit;
                double bristle = noise.at(along * 16, across * 95) + 0.6 * noise.at(along * 7 + 40, across * 42);
                pixels[y * width + x] = brighten(mean, bristle * GRAIN);
            }
        }
    }

    private int[] waver(Noise noise) {
        int[] source = canvas.pixels();
        int[] moved = new int[source.length];
        double reach = canvas.unit() * WAVER;
        double frequency = 34 / canvas.unit();
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int column = Math.clamp(Math.round(x + reach * noise.at(x * frequency, y * frequency)), 0, width - 1);
                int row =
                        Math.clamp(Math.round(y + reach * noise.at(x * frequency + 71, y * frequency)), 0, height - 1);
                moved[y * width + x] = source[row * width + column];
            }
        }
        return moved;
    }

    private static int brighten(int rgb, double share) {
        return share >= 0 ? Rgb.mix(rgb, Rgb.WHITE, share) : Rgb.mix(rgb, Rgb.BLACK, -share);
    }

    /** Summed-area tables of the channels and of the squared luma. */
    private static final class Sums {
        private final int width;
        private final int height;
        private final int[] red;
        private final int[] green;
        private final int[] blue;
        private final long[] squares;

        Sums(int[] pixels, int width, int height) {
            this.width = width;
            this.height = height;
            int size = (width + 1) * (height + 1);
            red = new int[size];
            green = new int[size];
            blue = new int[size];
            squares = new long[size];
            for (int y = 0; y < height; y++) {
                int rowRed = 0;
                int rowGreen = 0;
                int rowBlue = 0;
                long rowSquares = 0;
                for (int x = 0; x < width; x++) {
                    int rgb = pixels[y * width + x];
                    rowRed += Rgb.red(rgb);
                    rowGreen += Rgb.green(rgb);
                    rowBlue += Rgb.blue(rgb);
                    long luma = Rgb.red(rgb) + Rgb.green(rgb) + Rgb.blue(rgb);
                    rowSquares += luma * luma;
                    int at = (y + 1) * (width + 1) + x + 1;
                    int above = at - width - 1;
                    red[at] = red[above] + rowRed;
                    green[at] = green[above] + rowGreen;
                    blue[at] = blue[above] + rowBlue;
                    squares[at] = squares[above] + rowSquares;
                }
            }
        }

        int evenest(int x, int y, int radius) {
            int best = 0;
            double least = Double.MAX_VALUE;
            for (int quarter = 0; quarter < 4; quarter++) {
                int left = Math.max(0, (quarter & 1) == 0 ? x - radius : x);
                int top = Math.max(0, (quarter & 2) == 0 ? y - radius : y);
                int right = Math.min(width, ((quarter & 1) == 0 ? x : x + radius) + 1);
                int bottom = Math.min(height, ((quarter & 2) == 0 ? y : y + radius) + 1);
                int topLeft = top * (width + 1) + left;
                int topRight = top * (width + 1) + right;
                int bottomLeft = bottom * (width + 1) + left;
                int bottomRight = bottom * (width + 1) + right;
                int count = (right - left) * (bottom - top);
                int r = red[bottomRight] - red[bottomLeft] - red[topRight] + red[topLeft];
                int g = green[bottomRight] - green[bottomLeft] - green[topRight] + green[topLeft];
                int b = blue[bottomRight] - blue[bottomLeft] - blue[topRight] + blue[topLeft];
                long square = squares[bottomRight] - squares[bottomLeft] - squares[topRight] + squares[topLeft];
                double mean = (double) (r + g + b) / count;
                double variance = (double) square / count - mean * mean;
                if (variance < least) {
                    least = variance;
                    best = (r + count / 2) / count << 16 | (g + count / 2) / count << 8 | (b + count / 2) / count;
                }
            }
            return best;
        }
    }
}
