package dev.atelier.world.render;

import static dev.atelier.world.render.Sketch.blob;
import static dev.atelier.world.render.Sketch.box;
import static dev.atelier.world.render.Sketch.circle;
import static dev.atelier.world.render.Sketch.ellipse;
import static dev.atelier.world.render.Sketch.lathe;
import static dev.atelier.world.render.Sketch.polygon;
import static dev.atelier.world.render.Sketch.stroke;
import static dev.atelier.world.render.Sketch.trace;

/** Goods from a shop: boxes, bags, shoes, devices. */
record GoodsPainter(Sketch sketch, Surface surface) {
    private static final int DARK = 0x2F3038;

    void cube() {
        Sketch box = sketch.from(0, 0, 0.92);
        box.body(polygon(-0.46, 0.14, 0.04, 0, 0.04, 0.60, -0.46, 0.74), surface.face(-0.1));
        box.body(polygon(0.04, 0, 0.46, 0.18, 0.46, 0.78, 0.04, 0.60), surface.face(0.75));
        box.body(polygon(-0.46, 0.74, 0.04, 0.60, 0.46, 0.78, -0.04, 0.92), surface.face(-0.9));
    }

    void pyramid() {
        sketch.body(polygon(-0.50, 0.10, 0.06, 0, 0, 0.90), surface.face(-0.5));
        sketch.body(polygon(0.06, 0, 0.48, 0.16, 0, 0.90), surface.face(0.8));
    }

    void gift() {
        Sketch box = sketch.from(0, 0, 0.95);
        int ribbon = Rgb.luma(surface.rgb()) > 150 ? 0xC0392F : 0xF7E7B0;
        box.body(box(-0.40, 0, 0.80, 0.54, 0.02), surface.face(0.1));
        box.body(box(-0.45, 0.50, 0.90, 0.17, 0.02), surface.face(-0.2));
        box.detail(box(-0.07, 0, 0.14, 0.67, 0), ribbon);
        box.body(blob(0, 0.67, -0.12, 0.84, -0.30, 0.88, -0.30, 0.74, -0.14, 0.68), Fill.of(ribbon));
        box.body(blob(0, 0.67, 0.12, 0.84, 0.30, 0.88, 0.30, 0.74, 0.14, 0.68), Fill.of(ribbon));
        box.body(circle(0, 0.71, 0.07), Fill.of(Rgb.shade(ribbon, 0.15)));
    }

    void handbag() {
        sketch.line(
                stroke(-0.24, 0.58, -0.20, 0.86, 0, 0.96, 0.20, 0.86, 0.24, 0.58),
                Rgb.shade(surface.rgb(), 0.35),
                0.06);
        sketch.body(
                blob(-0.44, 0.03, -0.40, 0.50, -0.34, 0.62, 0.34, 0.62, 0.40, 0.50, 0.44, 0.03, 0, 0), surface.face(0));
        sketch.body(blob(-0.39, 0.60, 0, 0.63, 0.39, 0.60, 0.30, 0.36, 0, 0.28, -0.30, 0.36), surface.face(-0.35));
        sketch.detail(box(-0.06, 0.25, 0.12, 0.10, 0.02), 0xE8C766);
    }

    void sneaker() {
        Sketch shoe = sketch.from(0, 0, 0.98);
        shoe.body(
                blob(
                        -0.56, 0.14, -0.58, 0.46, -0.44, 0.60, -0.30, 0.50, -0.02, 0.46, 0.22, 0.32, 0.52, 0.26, 0.62,
                        0.14, 0, 0.10),
                surface.face(0));
        shoe.body(box(-0.60, 0, 1.24, 0.14, 0.06), Fill.of(0xF4F2EC));
        shoe.detail(blob(-0.36, 0.16, -0.16, 0.28, 0.16, 0.20, -0.08, 0.19), 0xFBFAF5);
        for (int i = 0; i < 3; i++) {
            double x = -0.10 + 0.11 * i;
            shoe.line(trace(x - 0.05, 0.40 - 0.045 * i, x + 0.05, 0.46 - 0.055 * i), 0xFFFFFF, 0.028);
        }
    }

    void headphones() {
        sketch.line(stroke(-0.36, 0.36, -0.38, 0.74, 0, 0.96, 0.38, 0.74, 0.36, 0.36), surface.rgb(), 0.10);
        sketch.body(box(-0.48, 0.05, 0.22, 0.44, 0.10), surface.turned());
        sketch.body(box(0.26, 0.05, 0.22, 0.44, 0.10), surface.turned());
        sketch.body(box(-0.30, 0.09, 0.09, 0.36, 0.04), Fill.of(DARK));
        sketch.body(box(0.21, 0.09, 0.09, 0.36, 0.04), Fill.of(DARK));
    }

    void camera() {
        Sketch low = sketch.from(0, 0, 0.92);
        low.body(box(-0.16, 0.56, 0.32, 0.18, 0.04), surface.face(0.3));
        low.body(box(-0.54, 0, 1.08, 0.62, 0.09), surface.face(0));
        low.detail(box(-0.54, 0.13, 1.08, 0.30, 0), Rgb.luma(surface.rgb()) < 70 ? 0x55565F : DARK);
        low.body(circle(0, 0.29, 0.25), Fill.of(0xC9CCD2));
        low.body(circle(0, 0.29, 0.20), Fill.of(0x23242B));
        low.body(circle(0, 0.29, 0.12), Fill.vertical(0x3B5A86, 0x7FA7D8, 0x22365C));
        low.shading(ellipse(-0.05, 0.35, 0.04, 0.03), Rgb.WHITE, 0.85);
        low.body(box(-0.45, 0.61, 0.15, 0.06, 0.02), Fill.of(0xD8453F));
    }

    void clock() {
        Sketch low = sketch.from(0, 0, 0.95);
        low.line(trace(-0.20, 0.14, -0.30, 0), Rgb.shade(surface.rgb(), 0.35), 0.07);
        low.line(trace(0.20, 0.14, 0.30, 0), Rgb.shade(surface.rgb(), 0.35), 0.07);
        low.body(circle(-0.27, 0.85, 0.14), surface.face(0.1));
        low.body(circle(0.27, 0.85, 0.14), surface.face(0.1));
        low.body(circle(0, 0.48, 0.42), surface.turned());
        low.body(circle(0, 0.48, 0.32), Fill.of(0xFBF9F2));
        low.line(trace(0, 0.48, 0, 0.70), DARK, 0.035);
        low.line(trace(0, 0.48, 0.15, 0.40), DARK, 0.035);
        low.mark(circle(0, 0.48, 0.03), DARK);
    }

    void book() {
        Sketch low = sketch.from(0, 0, 0.95);
        low.body(polygon(-0.34, 0.02, -0.30, 0.92, 0.30, 0.98, 0.34, 0.08), surface.face(-0.1));
        low.body(polygon(0.34, 0.08, 0.30, 0.98, 0.40, 0.90, 0.44, 0.02), Fill.of(0xF3ECDC));
        low.body(polygon(-0.34, 0.02, 0.34, 0.08, 0.44, 0.02, -0.24, -0.03), Fill.of(0xE4DAC4));
        low.shading(polygon(-0.34, 0.02, -0.30, 0.92, -0.24, 0.926, -0.28, 0.026), Rgb.shade(surface.rgb(), 0.5), 0.7);
        low.detail(polygon(-0.17, 0.60, -0.16, 0.76, 0.20, 0.795, 0.205, 0.635), 0xF3E2B0);
    }

    void umbrella() {
        sketch.line(stroke(0, 0.98, 0, 0.10, 0.05, 0.01, 0.13, 0.02, 0.15, 0.10), 0x6B4A35, 0.035);
        sketch.body(
                new Outline()
                        .to(-0.56, 0.50)
                        .curve(-0.46, 1.0, 0, 0.96)
                        .curve(0.46, 1.0, 0.56, 0.50)
                        .curve(0.42, 0.58, 0.28, 0.50)
                        .curve(0.14, 0.58, 0, 0.50)
                        .curve(-0.14, 0.58, -0.28, 0.50)
                        .curve(-0.42, 0.58, -0.56, 0.50)
                        .closed(),
                surface.turned());
        sketch.shading(
                new Outline()
                        .to(0, 0.96)
                        .curve(-0.26, 0.82, -0.28, 0.50)
                        .curve(-0.14, 0.58, 0, 0.50)
                        .closed(),
                Rgb.WHITE,
                0.20);
    }

    void car() {
        Sketch low = sketch.from(0, 0.02, 0.98);
        low.body(blob(-0.34, 0.40, -0.26, 0.66, -0.16, 0.72, 0.14, 0.72, 0.26, 0.62, 0.36, 0.40), surface.face(-0.15));
        low.detail(polygon(-0.25, 0.44, -0.19, 0.64, -0.02, 0.64, -0.02, 0.44), 0xCDE6F3);
        low.detail(polygon(0.04, 0.44, 0.04, 0.64, 0.15, 0.64, 0.26, 0.44), 0xCDE6F3);
        low.body(box(-0.62, 0.14, 1.24, 0.30, 0.12), surface.face(0));
        low.detail(circle(0.57, 0.32, 0.045), 0xFFF0A8);
        for (double x : new double[] {-0.34, 0.34}) {
            low.body(circle(x, 0.14, 0.15), Fill.of(0x2A2B31));
            low.detail(circle(x, 0.14, 0.07), 0xC9CCD2);
        }
    }

    void chair() {
        int leg = Rgb.shade(surface.rgb(), 0.40);
        sketch.line(trace(-0.22, 0.42, -0.27, 0), leg, 0.05);
        sketch.line(trace(0.22, 0.42, 0.27, 0), leg, 0.05);
        sketch.line(trace(-0.12, 0.44, -0.14, 0.08), Rgb.shade(leg, 0.2), 0.045);
        sketch.line(trace(0.12, 0.44, 0.14, 0.08), Rgb.shade(leg, 0.2), 0.045);
        sketch.body(blob(-0.23, 0.48, -0.27, 0.92, 0, 1.0, 0.27, 0.92, 0.23, 0.48), surface.face(-0.1));
        sketch.body(box(-0.31, 0.38, 0.62, 0.13, 0.06), surface.face(0.2));
    }

    void cake() {
        Sketch low = sketch.from(0, 0, 0.95);
        low.body(ellipse(0, 0.03, 0.56, 0.07), Fill.of(0xF1EEE6));
        low.body(
                box(-0.44, 0.03, 0.88, 0.34, 0.04),
                surface.with(Rgb.mix(surface.rgb(), 0xF5DDB8, 0.15)).turned());
        low.body(box(-0.28, 0.37, 0.56, 0.26, 0.04), surface.turned());
        low.detail(
                blob(
                        -0.44, 0.37, 0.44, 0.37, 0.40, 0.29, 0.26, 0.33, 0.12, 0.27, -0.04, 0.33, -0.20, 0.27, -0.36,
                        0.32),
                0xFFF6EA);
        low.body(circle(0, 0.69, 0.08), Fill.of(0xCC2F3A));
        low.body(lathe(0.015, 0.76, 0.015, 0.80), Fill.of(0x3D7A3F));
    }

    void iceCream() {
        sketch.body(polygon(-0.20, 0.50, 0.20, 0.50, 0, 0), Fill.lit(0xD9A25E));
        sketch.line(trace(-0.13, 0.50, 0.05, 0.12), 0xB47B3C, 0.02);
        sketch.line(trace(0.13, 0.50, -0.05, 0.12), 0xB47B3C, 0.02);
        sketch.body(circle(0, 0.76, 0.22), surface.turned());
        sketch.body(
                blob(-0.28, 0.56, -0.20, 0.68, 0.20, 0.68, 0.28, 0.56, 0.14, 0.48, 0, 0.52, -0.14, 0.48),
                surface.turned());
        sketch.shading(ellipse(-0.08, 0.84, 0.07, 0.05), Rgb.WHITE, 0.35 + surface.shine() * 0.4);
    }
}
