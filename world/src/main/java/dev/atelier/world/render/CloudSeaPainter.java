package dev.atelier.world.render;

import dev.atelier.world.scene.Dice;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;

/** Banks of cloud seen from above, out to the horizon. */
record CloudSeaPainter(Site site) {
    void paint() {
        summits();
        int banks = 6;
        for (int i = 0; i < banks; i++) {
            double depth = i / (banks - 1.0);
            double y = site.horizon() * 0.97 + (site.height() - site.horizon()) * depth * 0.95;
            bank(site.dice("bank " + i), y, 0.055 + 0.13 * depth, 0.8 * (1 - depth));
        }
    }

    private void summits() {
        Dice dice = site.dice("summits");
        double x = site.width() / 2 - site.lightSign() * Math.min(site.width() * 0.25, site.unit() * 0.3);
        for (int i = 0; i < 2; i++) {
            double tall = site.unit() * (0.20 - 0.08 * i) * dice.between(0.85, 1.15);
            double foot = site.horizon() + site.unit() * 0.04;
            double at = x + i * site.unit() * 0.17 * dice.pick(-1.0, 1.0);
            int lit = site.light().on(0x6F7FA6, 0.35 + 0.15 * i);
            Path2D peak = new Outline()
                    .to(at - tall * 1.1, foot)
                    .to(at - tall * 0.35, foot - tall * 0.62)
                    .to(at, foot - tall)
                    .to(at + tall * 0.42, foot - tall * 0.55)
                    .to(at + tall * 1.15, foot)
                    .closed();
            site.canvas()
                    .body(
                            peak,
                            Fill.vertical(lit, lit, Rgb.mix(lit, site.light().haze(), 0.6)));
            double side = site.lightSign() < 0 ? 1 : -1;
            Path2D shade = new Outline()
                    .to(at, foot - tall)
                    .to(at + side * tall * 0.40, foot - tall * 0.55)
                    .to(at + side * tall * 1.1, foot)
                    .to(at + side * tall * 0.1, foot)
                    .to(at + side * tall * 0.16, foot - tall * 0.45)
                    .closed();
            site.canvas().shading(shade, Rgb.shade(lit, 0.3), 0.7);
        }
    }

    private void bank(Dice dice, double y, double size, double distance) {
        double radius = site.unit() * size;
        Path2D shape = new Path2D.Double(Path2D.WIND_NON_ZERO);
        for (double x = -radius; x < site.width() + radius; x += radius * dice.between(0.7, 1.1)) {
            double puff = radius * dice.between(0.7, 1.25);
            shape.append(new Ellipse2D.Double(x - puff, y - puff, puff * 2, puff * 2), false);
        }
        Outline below = new Outline().to(-5, y).to(site.width() + 5, y).to(site.width() + 5, site.height() + 5);
        shape.append(below.to(-5, site.height() + 5).closed(), false);
        Light light = site.light();
        int lit = Rgb.mix(light.on(0xFFFFFF, distance * 0.3), light.horizon(), 0.10 + distance * 0.35);
        int low = Rgb.mix(light.on(0x93A6CC, distance * 0.3), light.skyMiddle(), 0.34);
        Area union = new Area(shape);
        site.canvas()
                .body(
                        union,
                        new Fill(
                                Rgb.mix(lit, low, 0.35 * (1 - distance)),
                                0,
                                1,
                                new float[] {0, (float) Math.min(0.9, 4 * radius / site.height() + 0.12), 1},
                                new int[] {lit, low, low}));
    }
}
