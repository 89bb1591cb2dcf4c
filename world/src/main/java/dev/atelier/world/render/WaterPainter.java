package dev.atelier.world.render;

import dev.atelier.world.scene.Dice;
import dev.atelier.world.scene.Style;
import java.awt.geom.Ellipse2D;

/** Still water that mirrors what stands above it. */
record WaterPainter(Site site) {

    /** Mirrors the picture above {@code shore} into the rows below it, darker and more rippled towards the viewer. */
    void mirror(double shore) {
        Canvas canvas = site.canvas();
        int[] pixels = canvas.pixels();
        int width = canvas.width();
        int height = canvas.height();
        int first = (int) Math.round(shore);
        int deep = canvas.ground(Rgb.mix(site.light().skyTop(), 0x12364F, 0.35));
        double unit = site.unit();
        Noise noise = site.noise("ripples");
        double span = Math.max(1, height - first);
        for (int y = Math.max(1, first); y < height; y++) {
            double depth = (y - first) / span;
            double distance = (y - first + 0.5) / unit;
            double bands = noise.at(distance * 70 / (0.35 + distance * 2.2), 3.7);
            int from = Math.clamp(2L * first - y - 1 + Math.round(bands * unit * 0.012 * depth), 0, first - 1);
            double shift = bands * unit * (0.002 + 0.010 * depth);
            int row = from * width;
            double share = 0.16 + 0.34 * depth + 0.06 * bands;
            for (int x = 0; x < width; x++) {
                int column = Math.clamp(Math.round(x + shift), 0, width - 1);
                pixels[y * width + x] = Rgb.mix(pixels[row + column], deep, share);
            }
        }
        glints(shore, span);
    }

    private void glints(double shore, double span) {
        Dice dice = site.dice("glints");
        Canvas canvas = site.canvas();
        int count = (int) (14 * Math.max(1, site.width() / site.unit()));
        boolean lit = site.landscape().showsLight();
        for (int i = 0; i < count; i++) {
            double depth = dice.unit();
            double y = shore + span * (0.04 + 0.9 * depth);
            double wide = site.unit() * dice.between(0.02, 0.07) * (0.5 + depth);
            double x = lit && i % 2 == 0
                    ? site.lightX() + dice.between(-0.09, 0.09) * site.unit() * (0.6 + depth)
                    : dice.unit() * site.width();
            double thin = site.unit() * 0.0022 * (0.6 + depth);
            int colour = lit && i % 2 == 0
                    ? site.light().source()
                    : Rgb.lighter(site.light().horizon(), 0.3);
            double alpha = canvas.style() == Style.LINE_ART ? 0.9 : lit && i % 2 == 0 ? 0.62 : 0.28;
            int shown = canvas.style() == Style.LINE_ART ? 0x6E86A0 : colour;
            canvas.solid(new Ellipse2D.Double(x - wide / 2, y, wide, Math.max(thin, 0.6)), shown, alpha);
        }
    }
}
