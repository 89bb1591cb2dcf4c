package dev.atelier.world.render;

import dev.atelier.world.scene.Dice;
import dev.atelier.world.scene.Style;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;

/** The open sea with an island, waves and the path of the light upon it. */
record SeaPainter(Site site) {
    void paint() {
        Canvas canvas = site.canvas();
        Light light = site.light();
        Dice dice = site.dice("sea");
        double top = site.horizon();
        headland(dice, top);
        int far = Rgb.mix(light.on(0x2E86B5), light.horizon(), 0.30);
        int near = light.on(Rgb.mix(0x0F5C8A, dice.pick(0x0E7C86, 0x134E8C, 0x1A8FA0), 0.5));
        Rectangle2D sea = new Rectangle2D.Double(-2, top, site.width() + 4, site.height() - top + 4);
        if (canvas.style() == Style.SOFT || canvas.style() == Style.PAINTERLY) {
            canvas.paint(sea, Fill.vertical(near, far, near));
        } else {
            canvas.body(sea, Fill.vertical(Rgb.mix(far, near, 0.6), far, near));
        }
        waves(dice, top, far);
        if (site.landscape().showsLight()) {
            path(dice, top);
        }
    }

    private void headland(Dice dice, double top) {
        double x = site.width() / 2 - -site.lightSign() * Math.min(site.width() * 0.34, site.unit() * 0.5);
        double wide = site.unit() * dice.between(0.22, 0.34);
        double tall = site.unit() * dice.between(0.06, 0.11);
        Path2D island = new Outline()
                .to(x - wide, top + 2)
                .curve(x - wide * 0.7, top - tall * 0.5, x - wide * 0.35, top - tall * 0.7)
                .curve(x - wide * 0.1, top - tall * 1.3, x + wide * 0.2, top - tall)
                .curve(x + wide * 0.5, top - tall * 0.5, x + wide, top + 2)
                .closed();
        int rock = site.light().on(0x5F7F72, 0.35);
        site.canvas()
                .body(
                        island,
                        Fill.vertical(rock, rock, Rgb.mix(rock, site.light().haze(), 0.5)));
    }

    private void waves(Dice dice, double top, int colour) {
        double span = site.height() - top;
        int rows = 9;
        for (int i = 0; i < rows; i++) {
            double depth = Math.pow((i + 1.0) / (rows + 1), 1.6);
            double y = top + span * depth;
            double length = site.unit() * (0.05 + 0.16 * depth);
            int count = (int) Math.max(2, site.width() / length / 1.6);
            for (int k = 0; k < count; k++) {
                double x = site.width() * (k + dice.unit()) / count;
                double thick = site.unit() * (0.0016 + 0.006 * depth);
                Path2D crest = new Outline()
                        .to(x - length / 2, y)
                        .curve(x, y - thick * 2.4, x + length / 2, y)
                        .curve(x, y - thick * 0.6, x - length / 2, y)
                        .closed();
                site.canvas().solid(crest, site.canvas().ground(Rgb.lighter(colour, 0.35)), 0.5);
            }
        }
    }

    private void path(Dice dice, double top) {
        double span = site.height() - top;
        for (int i = 0; i < 60; i++) {
            double depth = dice.unit();
            double wide = site.unit() * dice.between(0.02, 0.06) * (0.5 + depth);
            double x = site.lightX() + dice.between(-1, 1) * site.unit() * (0.025 + 0.07 * depth);
            double thin = Math.max(0.6, site.unit() * 0.0028 * (0.5 + depth));
            site.canvas()
                    .solid(
                            new Ellipse2D.Double(x - wide / 2, top + span * depth * 0.96, wide, thin),
                            site.light().source(),
                            0.5);
        }
    }
}
