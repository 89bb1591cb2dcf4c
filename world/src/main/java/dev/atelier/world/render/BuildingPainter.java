package dev.atelier.world.render;

import static dev.atelier.world.render.Sketch.box;
import static dev.atelier.world.render.Sketch.polygon;

/** Larger buildings, standing on the origin of their sketch and about one high. */
record BuildingPainter(Sketch sketch, int wall, int roof, int glass) {
    private static final int SHADOW = 0x1A2430;

    private void shadow(double half) {
        sketch.shading(Sketch.ellipse(0, -0.004, half * 1.15, 0.03), SHADOW, 0.28);
    }

    void barn() {
        shadow(0.5);
        sketch.body(
                polygon(-0.46, 0, -0.46, 0.44, -0.30, 0.68, 0, 0.82, 0.30, 0.68, 0.46, 0.44, 0.46, 0), Fill.lit(wall));
        sketch.body(
                polygon(
                        -0.54, 0.40, -0.34, 0.73, 0, 0.90, 0.34, 0.73, 0.54, 0.40, 0.47, 0.40, 0.29, 0.66, 0, 0.80,
                        -0.29, 0.66, -0.47, 0.40),
                Fill.lit(roof));
        int door = Rgb.luma(wall) > 150 ? Rgb.shade(wall, 0.4) : Rgb.lighter(wall, 0.7);
        sketch.detail(box(-0.19, 0, 0.38, 0.36, 0), Rgb.shade(wall, 0.25));
        sketch.line(Sketch.trace(-0.19, 0, 0.19, 0.36, 0.19, 0, -0.19, 0.36, -0.19, 0), door, 0.018);
        sketch.line(Sketch.trace(-0.19, 0.36, 0.19, 0.36), door, 0.018);
        sketch.detail(box(-0.08, 0.50, 0.16, 0.14, 0), glass);
    }

    void tower() {
        shadow(0.22);
        sketch.body(polygon(-0.20, 0, -0.155, 0.80, 0.155, 0.80, 0.20, 0), Fill.round(wall));
        sketch.body(
                polygon(
                        -0.20, 0.80, -0.20, 0.98, -0.13, 0.98, -0.13, 0.92, -0.045, 0.92, -0.045, 0.98, 0.045, 0.98,
                        0.045, 0.92, 0.13, 0.92, 0.13, 0.98, 0.20, 0.98, 0.20, 0.80),
                Fill.round(Rgb.shade(wall, 0.10)));
        for (int row = 0; row < 7; row++) {
            for (int stone = 0; stone < 3; stone++) {
                double x = -0.13 + 0.10 * stone + (row % 2) * 0.04;
                sketch.shading(box(x, 0.06 + row * 0.105, 0.06, 0.03, 0.006), Rgb.shade(wall, 0.35), 0.45);
            }
        }
        arch(0, 0, 0.06, 0.19, Rgb.shade(wall, 0.6));
        arch(0, 0.50, 0.035, 0.13, glass);
    }

    void castle() {
        shadow(0.55);
        sketch.body(box(-0.42, 0, 0.84, 0.42, 0), Fill.lit(wall));
        for (int i = 0; i < 7; i++) {
            sketch.body(box(-0.42 + 0.126 * i, 0.41, 0.07, 0.05, 0), Fill.of(Rgb.shade(wall, 0.08)));
        }
        double[] towers = {-0.42, 0, 0.42};
        double[] heights = {0.58, 0.76, 0.58};
        for (int i = 0; i < towers.length; i++) {
            double left = towers[i] - 0.11;
            double top = heights[i];
            sketch.body(box(left, 0, 0.22, top, 0), Fill.round(wall));
            sketch.body(polygon(left - 0.03, top, left + 0.11, top + 0.25, left + 0.25, top), Fill.lit(roof));
            arch(left + 0.11, top - 0.20, 0.03, 0.11, glass);
        }
        arch(0, 0, 0.085, 0.25, Rgb.shade(wall, 0.65));
    }

    void pagoda() {
        shadow(0.34);
        double floor = 0.20;
        for (int i = 0; i < 4; i++) {
            double half = 0.26 - 0.045 * i;
            double low = floor * i;
            sketch.body(box(-half * 0.8, low, half * 1.6, floor, 0), Fill.lit(wall));
            arch(0, low + floor * 0.05, half * 0.22, floor * 0.56, glass);
            sketch.body(
                    new Outline()
                            .to(-half * 1.55, low + floor * 0.80)
                            .curve(-half * 0.9, low + floor * 0.84, -half * 0.6, low + floor * 1.2)
                            .to(half * 0.6, low + floor * 1.2)
                            .curve(half * 0.9, low + floor * 0.84, half * 1.55, low + floor * 0.80)
                            .curve(0, low + floor * 0.66, -half * 1.55, low + floor * 0.80)
                            .closed(),
                    Fill.lit(roof));
        }
        sketch.body(polygon(-0.02, floor * 4.15, 0, 1.0, 0.02, floor * 4.15), Fill.of(roof));
    }

    void skyscraper() {
        shadow(0.22);
        sketch.body(box(-0.17, 0, 0.34, 0.90, 0), Fill.round(wall));
        sketch.body(box(-0.11, 0.90, 0.22, 0.06, 0), Fill.round(Rgb.shade(wall, 0.12)));
        sketch.line(Sketch.trace(0, 0.96, 0, 1.04), Rgb.shade(wall, 0.4), 0.012);
        for (int row = 0; row < 11; row++) {
            for (int column = 0; column < 4; column++) {
                sketch.detail(box(-0.147 + 0.0785 * column, 0.10 + 0.071 * row, 0.057, 0.043, 0), glass);
            }
        }
        sketch.detail(box(-0.05, 0, 0.10, 0.07, 0), Rgb.shade(wall, 0.6));
    }

    private void arch(double x, double y, double half, double tall, int rgb) {
        sketch.detail(
                new Outline()
                        .to(x - half, y)
                        .to(x - half, y + tall - half)
                        .curve(x - half, y + tall, x, y + tall)
                        .curve(x + half, y + tall, x + half, y + tall - half)
                        .to(x + half, y)
                        .closed(),
                rgb);
    }
}
