package dev.atelier.world.render;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.ArrayList;
import java.util.List;

/**
 * A drawing as pixels, cut to what is drawn, and its halves down to a few pixels.
 *
 * @param levels the largest first, each half of the one before, {@code 0xAARRGGBB}, not premultiplied
 * @param footLeft where what touches the ground begins, as a share of the width
 * @param footRight where it ends
 */
record Sprite(List<BufferedImage> levels, double footLeft, double footRight) {
    private static final int OPAQUE = 24;
    private static final int SMALLEST = 12;
    /** Share of the height, from below, in which what touches the ground is looked for. */
    private static final double FOOT = 0.10;

    Sprite {
        levels = List.copyOf(levels);
    }

    /**
     * Cuts away what is empty.
     *
     * @throws IllegalArgumentException when nothing is drawn
     */
    static Sprite of(BufferedImage drawn) {
        int[] pixels = pixels(drawn);
        int width = drawn.getWidth();
        int left = width;
        int right = -1;
        int top = drawn.getHeight();
        int bottom = -1;
        for (int i = 0; i < pixels.length; i++) {
            if (pixels[i] >>> 24 > OPAQUE) {
                left = Math.min(left, i % width);
                right = Math.max(right, i % width);
                top = Math.min(top, i / width);
                bottom = Math.max(bottom, i / width);
            }
        }
        if (right < left) {
            throw new IllegalArgumentException("drawing: nothing is drawn");
        }
        // A transparent rim, so that turning and scaling leave soft edges.
        BufferedImage cut = image(right - left + 3, bottom - top + 3);
        int[] target = pixels(cut);
        for (int y = top; y <= bottom; y++) {
            System.arraycopy(pixels, y * width + left, target, (y - top + 1) * cut.getWidth() + 1, right - left + 1);
        }
        List<BufferedImage> levels = new ArrayList<>(List.of(cut));
        while (Math.min(levels.getLast().getWidth(), levels.getLast().getHeight()) > 2 * SMALLEST) {
            levels.add(half(levels.getLast()));
        }
        double[] foot = foot(cut);
        return new Sprite(levels, foot[0], foot[1]);
    }

    int width() {
        return levels.getFirst().getWidth();
    }

    int height() {
        return levels.getFirst().getHeight();
    }

    /** The smallest level that is still as high as {@code pixels}, or the largest. */
    BufferedImage level(double pixels) {
        BufferedImage best = levels.getFirst();
        for (BufferedImage level : levels) {
            if (level.getHeight() >= pixels) {
                best = level;
            }
        }
        return best;
    }

    private static double[] foot(BufferedImage image) {
        int[] pixels = pixels(image);
        int width = image.getWidth();
        int from = (int) (image.getHeight() * (1 - FOOT));
        int left = width;
        int right = 0;
        for (int i = from * width; i < pixels.length; i++) {
            if (pixels[i] >>> 24 > 128) {
                left = Math.min(left, i % width);
                right = Math.max(right, i % width);
            }
        }
        return left > right ? new double[] {0.3, 0.7} : new double[] {(double) left / width, (right + 1.0) / width};
    }

    /** Each pixel the mean of four, weighted by how opaque they are. */
    private static BufferedImage half(BufferedImage image) {
        int width = image.getWidth();
        int[] from = pixels(image);
        BufferedImage half = image((width + 1) / 2, (image.getHeight() + 1) / 2);
        int[] to = pixels(half);
        for (int y = 0; y < half.getHeight(); y++) {
            for (int x = 0; x < half.getWidth(); x++) {
                int alpha = 0;
                int red = 0;
                int green = 0;
                int blue = 0;
                for (int k = 0; k < 4; k++) {
                    int column = 2 * x + (k & 1);
                    int row = 2 * y + (k >> 1);
                    int argb = column < width && row < image.getHeight() ? from[row * width + column] : 0;
                    int a = argb >>> 24;
                    alpha += a;
                    red += a * Rgb.red(argb);
                    green += a * Rgb.green(argb);
                    blue += a * Rgb.blue(argb);
                }
                if (alpha > 0) {
                    to[y * half.getWidth() + x] =
                            (alpha / 4) << 24 | (red / alpha) << 16 | (green / alpha) << 8 | blue / alpha;
                }
            }
        }
        return half;
    }

    static BufferedImage image(int width, int height) {
        return new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    }

    static int[] pixels(BufferedImage image) {
        return ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
    }
}
