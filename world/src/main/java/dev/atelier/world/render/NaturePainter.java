package dev.atelier.world.render;

import static dev.atelier.world.render.Sketch.blob;
import static dev.atelier.world.render.Sketch.circle;
import static dev.atelier.world.render.Sketch.ellipse;
import static dev.atelier.world.render.Sketch.polygon;
import static dev.atelier.world.render.Sketch.stroke;

/** Fruit, flowers and mushrooms, in whatever colour the scene asks for. */
record NaturePainter(Sketch sketch, Surface surface) {
    private static final int LEAF = 0x4C9A4F;
    private static final int BARK = 0x6B4A30;

    void apple() {
        Sketch low = sketch.from(0, 0, 0.88);
        low.line(stroke(0, 0.76, 0.03, 0.90, 0.08, 1.0), BARK, 0.05);
        low.body(
                blob(
                        0, 0.03, 0.24, 0, 0.46, 0.30, 0.44, 0.62, 0.22, 0.80, 0, 0.74, -0.22, 0.80, -0.44, 0.62, -0.46,
                        0.30, -0.24, 0),
                surface.turned());
        low.body(blob(0.05, 0.84, 0.18, 0.97, 0.36, 0.95, 0.24, 0.84), Fill.of(LEAF));
        low.shading(ellipse(-0.22, 0.56, 0.08, 0.11), Rgb.WHITE, 0.2 + surface.shine() * 0.7);
    }

    void pear() {
        sketch.line(stroke(0, 0.84, 0.02, 0.92, 0.07, 1.0), BARK, 0.045);
        sketch.body(
                blob(
                        0, 0.01, 0.24, 0.03, 0.35, 0.24, 0.27, 0.48, 0.15, 0.72, 0, 0.87, -0.15, 0.72, -0.27, 0.48,
                        -0.35, 0.24, -0.24, 0.03),
                surface.turned());
        sketch.body(blob(0.03, 0.88, 0.14, 0.99, 0.29, 0.97, 0.18, 0.87), Fill.of(LEAF));
        sketch.shading(ellipse(-0.15, 0.34, 0.06, 0.10), Rgb.WHITE, 0.2 + surface.shine() * 0.7);
    }

    void mushroom() {
        sketch.body(blob(-0.13, 0, -0.10, 0.28, -0.13, 0.52, 0.13, 0.52, 0.10, 0.28, 0.13, 0), Fill.round(0xF3E8D4));
        sketch.body(
                new Outline()
                        .to(-0.46, 0.46)
                        .curve(-0.44, 0.98, 0, 0.98)
                        .curve(0.44, 0.98, 0.46, 0.46)
                        .curve(0, 0.34, -0.46, 0.46)
                        .closed(),
                surface.turned());
        int spot = Rgb.luma(surface.rgb()) > 200 ? 0xD9CDBB : 0xFBF7EE;
        sketch.detail(ellipse(-0.20, 0.66, 0.08, 0.06), spot);
        sketch.detail(ellipse(0.06, 0.80, 0.09, 0.06), spot);
        sketch.detail(ellipse(0.25, 0.60, 0.06, 0.05), spot);
    }

    void flower() {
        sketch.line(stroke(0, 0.66, -0.02, 0.36, 0.02, 0), LEAF, 0.05);
        sketch.body(blob(0, 0.18, 0.14, 0.34, 0.32, 0.36, 0.20, 0.20), Fill.of(LEAF));
        sketch.body(blob(0, 0.10, -0.14, 0.26, -0.32, 0.28, -0.20, 0.12), Fill.of(LEAF));
        int petals = 7;
        for (int i = 0; i < petals; i++) {
            Sketch turned = sketch.turned(2 * Math.PI * i / petals, 0, 0.72);
            turned.body(ellipse(0, 0.88, 0.085, 0.12), surface.face(i % 2 == 0 ? -0.25 : 0.05));
        }
        int heart = Rgb.luma(surface.rgb()) > 170 && Rgb.blue(surface.rgb()) < 120 ? 0x8A5A35 : 0xF5CB3D;
        sketch.body(circle(0, 0.72, 0.095), Fill.of(heart));
    }

    void pottedPlant() {
        for (int i = -3; i <= 3; i++) {
            if (i == 0) {
                continue;
            }
            Sketch turned = sketch.turned(-i * 0.30, 0, 0.34);
            turned.body(blob(0, 0.34, 0.085, 0.60, 0, 0.92, -0.085, 0.60), Fill.vertical(LEAF, 0x6CBF62, 0x2F7440));
        }
        sketch.body(blob(0, 0.34, 0.09, 0.64, 0, 1.0, -0.09, 0.64), Fill.vertical(LEAF, 0x7ACB6C, 0x2F7440));
        sketch.body(polygon(-0.27, 0.36, -0.19, 0, 0.19, 0, 0.27, 0.36), surface.turned());
        sketch.body(polygon(-0.31, 0.40, -0.31, 0.30, 0.31, 0.30, 0.31, 0.40), surface.turned());
    }
}
