package dev.atelier.world.render;

import dev.atelier.world.scene.Dice;
import dev.atelier.world.scene.Time;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;

/** A skyline of towers in three depths, with windows that are lit after dark. */
record CityPainter(Site site) {
    void paint() {
        double[] heights = {0.62, 0.80, 0.56};
        double[] distances = {0.68, 0.42, 0.14};
        for (int i = 0; i < heights.length; i++) {
            row(site.dice("towers " + i), site.relief() * heights[i], distances[i], i);
        }
    }

    private void row(Dice dice, double tallest, double distance, int depth) {
        double x = -site.unit() * 0.05;
        while (x < site.width()) {
            double wide = site.unit() * dice.between(0.06, 0.11);
            double middle = Math.abs((x + wide / 2) / site.width() - 0.5) * 2;
            double tall = tallest * (1 - 0.45 * middle) * dice.between(0.42, 1.0);
            tower(dice, x, wide, tall, distance, depth);
            x += wide * dice.between(0.92, 1.25);
        }
    }

    private void tower(Dice dice, double x, double wide, double tall, double distance, int depth) {
        Canvas canvas = site.canvas();
        Light light = site.light();
        double base = site.horizon() + 1;
        int wall = dice.pick(0x5C6C8C, 0x7C6A86, 0x4F7488, 0x8A7468, 0x66748A);
        int lit = light.on(Rgb.lighter(wall, 0.12), distance);
        int low = Rgb.mix(light.on(wall, distance), light.haze(), 0.3);
        canvas.body(shape(dice, x, base, wide, tall), Fill.vertical(lit, lit, low));
        if (depth > 0) {
            windows(dice, x, base, wide, tall, distance);
        }
    }

    private Path2D shape(Dice dice, double x, double base, double wide, double tall) {
        Outline outline = new Outline().to(x, base).to(x, base - tall);
        switch (dice.below(4)) {
            case 0 -> outline.to(x + wide * 0.5, base - tall - wide * 0.55).to(x + wide, base - tall);
            case 1 ->
                outline.to(x + wide * 0.2, base - tall)
                        .to(x + wide * 0.2, base - tall - wide * 0.4)
                        .to(x + wide * 0.8, base - tall - wide * 0.4)
                        .to(x + wide * 0.8, base - tall)
                        .to(x + wide, base - tall);
            case 2 ->
                outline.to(x + wide * 0.46, base - tall)
                        .to(x + wide * 0.5, base - tall - wide * 1.1)
                        .to(x + wide * 0.54, base - tall)
                        .to(x + wide, base - tall);
            default -> outline.to(x + wide, base - tall);
        }
        return outline.to(x + wide, base).closed();
    }

    private void windows(Dice dice, double x, double base, double wide, double tall, double distance) {
        boolean dark = site.landscape().time() == Time.NIGHT || site.landscape().time() == Time.SUNSET;
        int columns = 3;
        double cell = wide / (columns + 0.6);
        int rows = (int) (tall / (cell * 1.35));
        int glass = dark
                ? Rgb.mix(0xFFD884, site.light().haze(), distance * 0.5)
                : site.light().on(0xCFE4F2, distance + 0.1);
        for (int row = 1; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                if (dice.chance(dark ? 0.42 : 0.25)) {
                    continue;
                }
                double left = x + cell * (0.5 + column);
                double top = base - tall + cell * 1.35 * row - cell * 0.6;
                site.canvas()
                        .solid(new Rectangle2D.Double(left, top, cell * 0.55, cell * 0.7), glass, dark ? 0.95 : 0.55);
            }
        }
    }
}
