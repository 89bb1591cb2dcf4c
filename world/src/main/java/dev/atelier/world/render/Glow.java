package dev.atelier.world.render;

/** Light that spreads over whatever is there. */
final class Glow {
    private Glow() {}

    /** Screens {@code rgb} over a disc, strongest in the middle and nothing at {@code radius}. */
    static void add(Canvas canvas, double x, double y, double radius, int rgb, double strength) {
        int left = (int) Math.max(0, Math.floor(x - radius));
        int right = (int) Math.min(canvas.width() - 1.0, Math.ceil(x + radius));
        int top = (int) Math.max(0, Math.floor(y - radius));
        int bottom = (int) Math.min(canvas.height() - 1.0, Math.ceil(y + radius));
        int[] pixels = canvas.pixels();
        double inverse = 1 / (radius * radius);
        for (int row = top; row <= bottom; row++) {
            for (int column = left; column <= right; column++) {
                double dx = column + 0.5 - x;
                double dy = row + 0.5 - y;
                double fall = 1 - (dx * dx + dy * dy) * inverse;
                if (fall > 0) {
                    int at = row * canvas.width() + column;
                    pixels[at] = screen(pixels[at], rgb, strength * fall * fall * fall);
                }
            }
        }
    }

    private static int screen(int below, int light, double share) {
        int red = Rgb.red(below);
        int green = Rgb.green(below);
        int blue = Rgb.blue(below);
        return (int) (red + (255 - red) * Rgb.red(light) * share / 255 + 0.5) << 16
                | (int) (green + (255 - green) * Rgb.green(light) * share / 255 + 0.5) << 8
                | (int) (blue + (255 - blue) * Rgb.blue(light) * share / 255 + 0.5);
    }
}
