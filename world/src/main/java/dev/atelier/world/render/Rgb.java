package dev.atelier.world.render;

/** Arithmetic on {@code 0xRRGGBB} colours. */
final class Rgb {
    static final int WHITE = 0xFFFFFF;
    static final int BLACK = 0x000000;

    private Rgb() {}

    static int of(double red, double green, double blue) {
        return clamp(red) << 16 | clamp(green) << 8 | clamp(blue);
    }

    static int red(int rgb) {
        return rgb >> 16 & 0xff;
    }

    static int green(int rgb) {
        return rgb >> 8 & 0xff;
    }

    static int blue(int rgb) {
        return rgb & 0xff;
    }

    /** {@code share} of {@code to}, the rest of {@code from}. */
    static int mix(int from, int to, double share) {
        return of(
                red(from) + (red(to) - red(from)) * share,
                green(from) + (green(to) - green(from)) * share,
                blue(from) + (blue(to) - blue(from)) * share);
    }

    static int lighter(int rgb, double share) {
        return mix(rgb, WHITE, share);
    }

    static int darker(int rgb, double share) {
        return mix(rgb, BLACK, share);
    }

    /** Darker and a little towards blue, as a shadow in daylight. */
    static int shade(int rgb, double share) {
        return mix(rgb, mix(BLACK, 0x1A2050, 0.6), share);
    }

    static int multiply(int rgb, int light) {
        return of(red(rgb) * red(light) / 255.0, green(rgb) * green(light) / 255.0, blue(rgb) * blue(light) / 255.0);
    }

    /** Further from grey by {@code factor}; 1 leaves the colour as it is. */
    static int saturate(int rgb, double factor) {
        double grey = luma(rgb);
        return of(
                grey + (red(rgb) - grey) * factor,
                grey + (green(rgb) - grey) * factor,
                grey + (blue(rgb) - grey) * factor);
    }

    /** Brightness from 0 to 255, weighted as Rec. 709. */
    static double luma(int rgb) {
        return 0.2126 * red(rgb) + 0.7152 * green(rgb) + 0.0722 * blue(rgb);
    }

    private static int clamp(double value) {
        return value <= 0 ? 0 : value >= 255 ? 255 : (int) (value + 0.5);
    }
}
