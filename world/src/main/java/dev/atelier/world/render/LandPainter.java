package dev.atelier.world.render;

import dev.atelier.world.scene.Dice;
import dev.atelier.world.scene.Terrain;
import dev.atelier.world.scene.Trees;
import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Rolling ground: hills, woods, dunes and the near bank. */
record LandPainter(Site site) {
    private static final int STEPS = 72;

    /** Smooth heights whose crests lie {@code rise} above {@code base}, with {@code waves} hills a unit of width. */
    double[] rolling(String purpose, double base, double rise, double waves) {
        Noise noise = site.noise(purpose);
        double[] heights = new double[STEPS];
        for (int i = 0; i < STEPS; i++) {
            double x = (site.width() * i / (STEPS - 1) - site.width() / 2) / site.unit();
            heights[i] = base - rise * (0.5 + 0.5 * noise.fractal(x * waves + 50, 0, 2));
        }
        return heights;
    }

    /** Long slopes that meet in sharp crests, as wind leaves sand. */
    private double[] crest(String purpose, double base, double rise, double waves) {
        Noise noise = site.noise(purpose);
        double[] heights = new double[STEPS];
        for (int i = 0; i < STEPS; i++) {
            double x = (site.width() * i / (STEPS - 1) - site.width() / 2) / site.unit();
            double fold = 1 - Math.abs(noise.at(x * waves + 30)) * 1.7;
            heights[i] = base - rise * (0.25 + 0.5 * fold + 0.12 * noise.at(x * waves * 0.5 + 90));
        }
        return heights;
    }

    double at(double[] heights, double x) {
        double position = Math.clamp(x / site.width() * (heights.length - 1), 0, heights.length - 1.001);
        int index = (int) position;
        return heights[index] + (heights[index + 1] - heights[index]) * (position - index);
    }

    void hills() {
        double base = site.horizon();
        double[] rises = {0.62, 0.44, 0.30, 0.17};
        for (int i = 0; i < rises.length; i++) {
            double distance = 0.66 - i * 0.2;
            double[] heights = rolling("hill " + i, base, site.relief() * rises[i], 2.0 + i * 0.5);
            ground(heights, base + 2, site.grass(), Math.max(0.04, distance));
            if (i >= 2) {
                row(
                        "hill trees " + i,
                        site.landscape().trees(),
                        heights,
                        site.unit() * (0.035 + 0.02 * (i - 2)),
                        0.3 - 0.12 * (i - 2),
                        16);
            }
        }
    }

    /** Low land before a mountain range, with trees on it. */
    void foothills() {
        double[] heights = rolling("foothills", site.horizon() + 1, site.unit() * 0.075, 3);
        ground(heights, site.horizon() + 2, site.grass(), 0.16);
        row("foothill trees", site.landscape().trees(), heights, site.unit() * 0.062, 0.14, 26);
    }

    /** Rows of trees, one before the other, that fill the width. */
    void woods() {
        Trees trees = site.landscape().trees();
        double[] back = rolling("back wood", site.horizon(), site.relief() * 0.75, 2.2);
        ground(back, site.horizon() + 2, site.grass(), 0.72);
        double[] shares = {0.46, 0.28, 0.12, 0.02};
        for (int i = 0; i < shares.length; i++) {
            double[] heights = rolling("wood " + i, site.horizon() + 1, site.relief() * shares[i], 2.4);
            double distance = 0.62 - 0.18 * i;
            ground(heights, site.horizon() + 2, site.grass(), distance + 0.04);
            row("wood trees " + i, trees, heights, site.unit() * (0.13 + 0.025 * i), distance, 22 - i);
        }
    }

    void dunes() {
        Light light = site.light();
        double[] rises = {0.56, 0.44, 0.34};
        for (int i = 0; i < rises.length; i++) {
            double base = site.horizon() + (site.height() - site.horizon()) * (i * 0.17);
            double[] heights = crest("dune " + i, base, site.relief() * rises[i], 1.5 - 0.2 * i);
            dune(heights, site.height() + 2, 0.55 - i * 0.22, light);
        }
        double[] last = crest("near dune", site.height() * 0.90, site.unit() * 0.16, 1.1);
        dune(last, site.height() + 2, 0.02, light);
        row("desert plants", site.landscape().trees(), last, site.unit() * 0.17, 0.02, 3);
    }

    private void dune(double[] crest, double bottom, double distance, Light light) {
        int sand = 0xE9B872;
        int lit = light.on(Rgb.lighter(sand, 0.16), distance);
        int low = light.on(Rgb.mix(sand, 0xB8743C, 0.55), distance);
        Path2D shape = Outline.under(crest, site.width(), bottom);
        site.canvas().body(shape, Fill.vertical(Rgb.mix(lit, low, 0.3), lit, low));
        double step = site.width() / (crest.length - 1);
        lee(crest, step, -site.lightSign(), light.on(Rgb.shade(sand, 0.42), distance));
    }

    /** The sides of dunes that turn away from the light. */
    private void lee(double[] crest, double step, int direction, int shade) {
        int start = -1;
        for (int i = 1; i <= crest.length; i++) {
            boolean falls = i < crest.length && (crest[i] - crest[i - 1]) * direction > 0;
            if (falls && start < 0) {
                start = i - 1;
            } else if (!falls && start >= 0) {
                slope(crest, step, start, i - 1, direction, shade);
                start = -1;
            }
        }
    }

    private void slope(double[] crest, double step, int from, int to, int direction, int shade) {
        if (to - from < 4) {
            return;
        }
        Outline outline = new Outline();
        for (int i = from; i <= to; i++) {
            outline.to(i * step, crest[i]);
        }
        double top = direction > 0 ? crest[from] : crest[to];
        double low = direction > 0 ? crest[to] : crest[from];
        double topX = (direction > 0 ? from : to) * step;
        double lowX = (direction > 0 ? to : from) * step;
        double depth = (low - top) * 1.1 + site.unit() * 0.03;
        Path2D shape;
        if (direction > 0) {
            shape = outline.curve(topX + (lowX - topX) * 0.35, low + depth * 0.35, topX, top)
                    .closed();
        } else {
            shape = outline.curve(topX, top + depth, lowX, low).closed();
        }
        site.canvas().shading(shape, shade, 0.8);
    }

    /** The strip of near ground at the bottom of the picture. */
    void bank() {
        if (!site.landscape().ground().shore() || site.landscape().terrain() == Terrain.DESERT) {
            return;
        }
        double[] heights = bankLine();
        int base = site.landscape().terrain() == Terrain.COAST
                ? 0xEFD9A7
                : site.landscape().terrain() == Terrain.CITY ? 0x5E7D5A : site.grass();
        ground(heights, site.height() + 2, Rgb.mix(base, 0x24402C, site.snowy() ? 0.02 : 0.12), 0);
        if (site.landscape().terrain() != Terrain.COAST) {
            tufts(heights, base);
        }
    }

    double[] bankLine() {
        return rolling("bank", site.bank() + site.unit() * 0.015, site.unit() * 0.05, 1.6);
    }

    private void tufts(double[] heights, int base) {
        Dice dice = site.dice("tufts");
        int count = (int) (26 * Math.max(1, site.width() / site.unit()));
        for (int i = 0; i < count; i++) {
            double x = dice.unit() * site.width();
            double y = at(heights, x) + site.unit() * (0.006 + 0.11 * dice.unit());
            double tall = site.unit() * dice.between(0.014, 0.03);
            Path2D blades = new Outline()
                    .to(x - tall * 0.5, y)
                    .to(x - tall * 0.55, y - tall * 0.8)
                    .to(x - tall * 0.12, y - tall * 0.2)
                    .to(x + tall * 0.08, y - tall)
                    .to(x + tall * 0.2, y - tall * 0.2)
                    .to(x + tall * 0.6, y - tall * 0.7)
                    .to(x + tall * 0.45, y)
                    .closed();
            site.canvas().shading(blades, site.light().on(Rgb.shade(base, site.snowy() ? 0.12 : 0.3)), 0.9);
        }
    }

    /** Tall trees that frame the picture on the side away from the subject. */
    void frame() {
        Trees trees = site.landscape().trees();
        if (!site.landscape().ground().shore()
                || trees == Trees.NONE
                || site.landscape().terrain() == Terrain.DESERT) {
            return;
        }
        Dice dice = site.dice("frame");
        double[] heights = bankLine();
        TreePainter painter = new TreePainter(site);
        boolean left = site.lightSign() < 0;
        double edge = left ? 0 : site.width();
        int inward = left ? 1 : -1;
        double tall = Math.min(site.unit() * (trees == Trees.PALMS ? 0.44 : 0.34), site.height() * 0.4);
        double[] places = {0.045, 0.145, 0.225};
        double[] sizes = {1.0, 0.74, 0.5};
        for (int i = places.length - 1; i >= 0; i--) {
            double x = edge + inward * site.unit() * (places[i] + dice.between(-0.02, 0.02));
            double y = at(heights, x) + site.unit() * (0.05 - 0.015 * i);
            painter.paint(trees, dice, x, y, tall * sizes[i] * dice.between(0.9, 1.1), 0);
        }
    }

    void ground(double[] heights, double bottom, int rgb, double distance) {
        Light light = site.light();
        int lit = light.on(Rgb.lighter(rgb, 0.08), distance);
        int low = Rgb.mix(light.on(Rgb.shade(rgb, 0.20), distance), light.haze(), distance * 0.5);
        site.canvas()
                .body(Outline.under(heights, site.width(), bottom), Fill.vertical(Rgb.mix(lit, low, 0.35), lit, low));
    }

    /** Trees along a line of ground, {@code density} of them a unit of width. */
    void row(String purpose, Trees kind, double[] heights, double tall, double distance, double density) {
        if (kind == Trees.NONE) {
            return;
        }
        Dice dice = site.dice(purpose);
        TreePainter painter = new TreePainter(site);
        int count = (int) Math.max(2, density * site.width() / site.unit());
        record Stand(double x, double y, double height) {}
        List<Stand> stands = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double x = site.width() * (i + dice.between(0, 1)) / count;
            double sink = site.unit() * dice.between(0.002, 0.012);
            stands.add(new Stand(x, at(heights, x) + sink, tall * dice.between(0.65, 1.15)));
        }
        stands.sort(Comparator.comparingDouble(Stand::y));
        for (Stand stand : stands) {
            painter.paint(kind, dice, stand.x(), stand.y(), stand.height(), distance);
        }
    }
}
