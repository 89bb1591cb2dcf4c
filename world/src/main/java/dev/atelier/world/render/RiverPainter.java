package dev.atelier.world.render;

import dev.atelier.world.scene.Dice;
import java.awt.geom.Path2D;
import java.util.Arrays;

/** A river that winds from the horizon to the viewer across a meadow. */
record RiverPainter(Site site) {
    private static final int STEPS = 28;

    void paint() {
        LandPainter land = new LandPainter(site);
        double top = site.horizon();
        double[] flat = new double[72];
        Arrays.fill(flat, top);
        land.ground(flat, site.height() + 2, site.grass(), 0.08);
        Dice dice = site.dice("river");
        double turn = dice.chance(0.5) ? 1 : -1;
        double centre = site.width() / 2;
        double swing = Math.min(site.width() * 0.2, site.unit() * 0.22);
        Outline outline = new Outline();
        double[] middle = new double[STEPS + 1];
        double[] half = new double[STEPS + 1];
        double[] y = new double[STEPS + 1];
        for (int i = 0; i <= STEPS; i++) {
            double t = i / (double) STEPS;
            double depth = Math.pow(t, 1.8);
            y[i] = top + (site.height() - top + 4) * depth;
            middle[i] = centre + turn * swing * Math.sin(t * Math.PI * 2.1) * (0.25 + 0.75 * t);
            half[i] = site.unit() * (0.010 + 0.19 * depth);
        }
        for (int i = 0; i <= STEPS; i++) {
            outline.to(middle[i] - half[i], y[i]);
        }
        for (int i = STEPS; i >= 0; i--) {
            outline.to(middle[i] + half[i], y[i]);
        }
        Path2D shape = outline.closed();
        int far = Rgb.mix(site.light().horizon(), 0x4FA0D0, 0.35);
        int near = Rgb.mix(site.light().skyTop(), 0x2F86C0, 0.45);
        site.canvas().body(shape, Fill.vertical(Rgb.mix(near, 0x3F93CC, 0.5), far, near));
    }
}
