package dev.atelier.world.render;

import dev.atelier.world.scene.Hue;
import java.awt.image.BufferedImage;

/**
 * The colour that most of a drawing has, and how it is changed into another.
 *
 * @param rgb the mean of the pixels of that colour
 * @param share of the drawing that has it, 0 to 1
 */
record Dye(int rgb, double share) {
    private static final int BINS = 24;
    /** Half the width of a colour's range on the circle of hues, 0 to 1. */
    private static final double REACH = 0.09;

    private static final double COLOURLESS = 0.18;

    /** The colour with the most pixels: a range of hues, or the range without one (white, grey, black). */
    static Dye of(BufferedImage image) {
        int[] pixels = Sprite.pixels(image);
        double[] weight = new double[BINS + 3];
        double all = 0;
        for (int argb : pixels) {
            double alpha = (argb >>> 24) / 255.0;
            if (alpha > 0) {
                weight[bin(argb)] += alpha;
                all += alpha;
            }
        }
        int best = 0;
        double most = -1;
        for (int i = 0; i < weight.length; i++) {
            double near = i < BINS ? weight[i] + weight[(i + 1) % BINS] + weight[(i + BINS - 1) % BINS] : weight[i];
            if (near > most) {
                most = near;
                best = i;
            }
        }
        double red = 0;
        double green = 0;
        double blue = 0;
        double sum = 0;
        for (int argb : pixels) {
            double alpha = (argb >>> 24) / 255.0;
            int bin = alpha > 0 ? bin(argb) : -1;
            boolean near = best < BINS
                    ? bin >= 0
                            && bin < BINS
                            && Math.min(Math.floorMod(bin - best, BINS), Math.floorMod(best - bin, BINS)) <= 1
                    : bin == best;
            if (near) {
                red += alpha * Rgb.red(argb);
                green += alpha * Rgb.green(argb);
                blue += alpha * Rgb.blue(argb);
                sum += alpha;
            }
        }
        return new Dye(Rgb.of(red / sum, green / sum, blue / sum), most / all);
    }

    /** The pixels of the range in another colour, lights and shades kept. */
    int turned(int rgb, Hue colour) {
        double weight = belongs(rgb);
        if (weight == 0) {
            return rgb;
        }
        double ratio = Rgb.luma(rgb) / Math.max(Rgb.luma(this.rgb), 1);
        int base = colour.rgb();
        int to = ratio <= 1
                ? Rgb.mix(Rgb.shade(base, 0.85), base, Math.min(1, 0.15 + 0.85 * ratio))
                : Rgb.lighter(base, Math.min(0.75, (ratio - 1) * 0.8));
        return Rgb.mix(rgb, to, weight);
    }

    private double belongs(int other) {
        boolean grey = saturation(rgb) < COLOURLESS;
        if (grey || saturation(other) < COLOURLESS * 0.6) {
            return grey && saturation(other) < COLOURLESS && Math.abs(Rgb.luma(other) - Rgb.luma(rgb)) < 70 ? 1 : 0;
        }
        double apart = Math.abs(hue(other) - hue(rgb));
        double distance = Math.min(apart, 1 - apart);
        return distance < REACH ? 1 : Math.max(0, 1 - (distance - REACH) / 0.04);
    }

    private static int bin(int rgb) {
        if (saturation(rgb) < COLOURLESS) {
            double luma = Rgb.luma(rgb);
            return BINS + (luma > 190 ? 0 : luma > 90 ? 1 : 2);
        }
        return (int) (hue(rgb) * BINS) % BINS;
    }

    private static double saturation(int rgb) {
        int high = Math.max(Rgb.red(rgb), Math.max(Rgb.green(rgb), Rgb.blue(rgb)));
        int low = Math.min(Rgb.red(rgb), Math.min(Rgb.green(rgb), Rgb.blue(rgb)));
        return high == 0 || high < 40 ? 0 : (high - low) / (double) high;
    }

    /** From 0 to 1, 0 for red. */
    private static double hue(int rgb) {
        double red = Rgb.red(rgb);
        double green = Rgb.green(rgb);
        double blue = Rgb.blue(rgb);
        double high = Math.max(red, Math.max(green, blue));
        double span = high - Math.min(red, Math.min(green, blue));
        if (span == 0) {
            return 0;
        }
        double sixth = high == red
                ? (green - blue) / span
                : high == green ? 2 + (blue - red) / span : 4 + (red - green) / span;
        return (sixth / 6 + 1) % 1;
    }
}
