package dev.atelier.training.world.render;

import dev.atelier.training.world.scene.Dice;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;

/** Banks of cloud seen from above, out to the horizon. */
record CloudSeaPainter(Site site) {
    void paint() {
        int banks = 6;
        for (int i = 0; i < banks; i++) {
            double depth = i / (banks - 1.0);
            double y = site.horizon() * 0.97 + (site.height() - site.horizon()) * depth * 0.95;
            bank(site.dice("bank " + i), y, 0.05 + 0.11 * depth, 0.55 * (1 - depth));
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
        int lit = Rgb.mix(light.on(0xFFFFFF, distance * 0.4), light.horizon(), 0.15 + distance * 0.4);
        int low = Rgb.mix(light.on(0xB9C6DE, distance * 0.4), light.skyMiddle(), 0.30);
        Area union = new Area(shape);
        site.canvas().body(union, Fill.vertical(Rgb.mix(lit, low, 0.3), lit, low));
    }
}
