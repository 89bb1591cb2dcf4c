package dev.atelier.world.render;

import static dev.atelier.world.render.Sketch.blob;
import static dev.atelier.world.render.Sketch.box;
import static dev.atelier.world.render.Sketch.circle;
import static dev.atelier.world.render.Sketch.ellipse;
import static dev.atelier.world.render.Sketch.lathe;
import static dev.atelier.world.render.Sketch.polygon;
import static dev.atelier.world.render.Sketch.stroke;

import java.awt.geom.Area;

/** Things turned on a wheel or a lathe. */
record VesselPainter(Sketch sketch, Surface surface) {
    void vase() {
        sketch.body(
                lathe(0.16, 0, 0.20, 0.03, 0.34, 0.30, 0.33, 0.48, 0.17, 0.72, 0.13, 0.84, 0.19, 0.97),
                surface.turned());
        rim(0.19, 0.97);
        streak(-0.17, 0.40, 0.05, 0.17);
    }

    void mug() {
        Sketch up = sketch.from(0, 0, 0.78);
        up.line(stroke(0.40, 0.76, 0.66, 0.72, 0.68, 0.40, 0.38, 0.26), Rgb.shade(surface.rgb(), 0.12), 0.11);
        up.body(box(-0.42, 0, 0.84, 0.98, 0.08), surface.turned());
        new VesselPainter(up, surface).rim(0.42, 0.96);
        new VesselPainter(up, surface).streak(-0.26, 0.46, 0.05, 0.28);
    }

    void bottle() {
        sketch.body(lathe(0.21, 0, 0.23, 0.05, 0.23, 0.52, 0.20, 0.62, 0.085, 0.74, 0.08, 0.90), surface.turned());
        sketch.body(
                box(-0.10, 0.89, 0.20, 0.11, 0.02),
                surface.with(Rgb.shade(surface.rgb(), 0.45)).turned());
        sketch.detail(box(-0.23, 0.16, 0.46, 0.26, 0.01), Rgb.mix(Rgb.WHITE, surface.rgb(), 0.08));
        streak(-0.13, 0.54, 0.025, 0.08);
    }

    void teapot() {
        Sketch low = sketch.from(0, 0, 0.92);
        int dark = Rgb.shade(surface.rgb(), 0.14);
        low.line(stroke(-0.34, 0.60, -0.66, 0.62, -0.66, 0.26, -0.36, 0.20), dark, 0.08);
        low.body(
                blob(0.30, 0.16, 0.46, 0.24, 0.56, 0.50, 0.72, 0.66, 0.62, 0.70, 0.46, 0.56, 0.34, 0.42),
                surface.turned());
        low.body(lathe(0.22, 0, 0.28, 0.02, 0.44, 0.30, 0.40, 0.52, 0.22, 0.66), surface.turned());
        low.body(lathe(0.24, 0.65, 0.20, 0.71, 0.07, 0.77), surface.turned());
        low.body(circle(0, 0.82, 0.065), surface.face(-0.2));
        new VesselPainter(low, surface).streak(-0.22, 0.42, 0.05, 0.12);
    }

    void bowl() {
        Sketch wide = sketch.from(0, 0, 0.95);
        wide.body(lathe(0.20, 0, 0.22, 0.05, 0.40, 0.17, 0.56, 0.42, 0.58, 0.54), surface.turned());
        wide.body(
                ellipse(0, 0.54, 0.58, 0.10),
                surface.with(Rgb.shade(surface.rgb(), 0.30)).face(0));
        new VesselPainter(wide, surface).streak(-0.32, 0.28, 0.05, 0.10);
    }

    void lamp() {
        int metal = Rgb.mix(surface.rgb(), 0x5A5048, 0.75);
        sketch.body(ellipse(0, 0.03, 0.22, 0.045), surface.with(metal).turned());
        sketch.body(
                lathe(0.05, 0.03, 0.12, 0.16, 0.10, 0.28, 0.03, 0.40, 0.025, 0.58),
                surface.with(metal).turned());
        sketch.body(polygon(-0.36, 0.54, -0.20, 1.0, 0.20, 1.0, 0.36, 0.54), surface.turned());
        sketch.shading(polygon(-0.36, 0.54, -0.32, 0.64, 0.32, 0.64, 0.36, 0.54), 0xFFF3C4, 0.55);
    }

    void candle() {
        sketch.body(box(-0.17, 0, 0.34, 0.62, 0.03), surface.turned());
        sketch.body(
                ellipse(0, 0.62, 0.17, 0.045),
                surface.with(Rgb.lighter(surface.rgb(), 0.30)).face(0));
        sketch.line(stroke(0, 0.62, 0.01, 0.72), 0x3A2E28, 0.02);
        sketch.body(blob(0, 0.70, 0.085, 0.79, 0.02, 0.99, -0.075, 0.80), Fill.vertical(0xFFB63A, 0xFFE680, 0xF7862A));
        sketch.shading(ellipse(0, 0.77, 0.03, 0.05), 0xFFFBE0, 0.9);
    }

    void sphere() {
        Sketch ball = sketch.from(0, 0, 0.86);
        ball.body(circle(0, 0.5, 0.5), surface.turned());
        ball.shading(ellipse(0.03, 0.14, 0.34, 0.10), Rgb.shade(surface.rgb(), 0.6), 0.22);
        ball.shading(ellipse(-0.17, 0.70, 0.16, 0.12), Rgb.WHITE, 0.18 + surface.shine() * 0.75);
    }

    void cone() {
        sketch.body(
                new Outline()
                        .to(0, 0.98)
                        .to(0.40, 0.09)
                        .curve(0, -0.10, -0.40, 0.09)
                        .closed(),
                surface.turned());
    }

    void cylinder() {
        Sketch drum = sketch.from(0, 0, 0.86);
        Area wall = new Area(box(-0.36, 0.09, 0.72, 0.82, 0));
        wall.add(new Area(ellipse(0, 0.09, 0.36, 0.09)));
        drum.body(wall, surface.turned());
        drum.body(
                ellipse(0, 0.91, 0.36, 0.09),
                surface.with(Rgb.lighter(surface.rgb(), 0.25)).face(0));
        new VesselPainter(drum, surface).streak(-0.22, 0.45, 0.04, 0.28);
    }

    void perfume() {
        sketch.body(box(-0.30, 0, 0.60, 0.60, 0.07), surface.turned());
        sketch.shading(box(-0.21, 0.09, 0.42, 0.40, 0.04), Rgb.lighter(surface.rgb(), 0.6), 0.5);
        sketch.body(box(-0.09, 0.60, 0.18, 0.09, 0.01), Fill.round(0xD9C48A));
        sketch.body(
                box(-0.14, 0.68, 0.28, 0.26, 0.04),
                surface.with(Rgb.shade(surface.rgb(), 0.40)).turned());
        streak(-0.24, 0.30, 0.02, 0.20);
    }

    /** The open mouth of a vessel. */
    private void rim(double radius, double y) {
        sketch.body(
                ellipse(0, y, radius, radius * 0.20),
                surface.with(Rgb.shade(surface.rgb(), 0.45)).face(0));
    }

    private void streak(double x, double y, double radiusX, double radiusY) {
        if (surface.shine() > 0) {
            sketch.shading(ellipse(x, y, radiusX, radiusY), Rgb.WHITE, surface.shine());
        }
    }
}
