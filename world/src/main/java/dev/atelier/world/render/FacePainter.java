package dev.atelier.world.render;

import static dev.atelier.world.render.Sketch.circle;
import static dev.atelier.world.render.Sketch.ellipse;
import static dev.atelier.world.render.Sketch.stroke;

import dev.atelier.world.scene.Expression;
import java.awt.BasicStroke;

/** Eyes, brows and a mouth that show an expression. */
record FacePainter(Sketch sketch, Expression expression) {
    private static final int INK = 0x2B2430;

    /** @param radius half the width of the face */
    void paint(double x, double y, double radius) {
        eyes(x, y, radius);
        mouth(x, y - radius * 0.42, radius);
        if (expression == Expression.HAPPY) {
            sketch.shading(ellipse(x - radius * 0.62, y - radius * 0.22, radius * 0.18, radius * 0.12), 0xF0808A, 0.55);
            sketch.shading(ellipse(x + radius * 0.62, y - radius * 0.22, radius * 0.18, radius * 0.12), 0xF0808A, 0.55);
        }
        if (expression == Expression.SAD) {
            sketch.mark(ellipse(x + radius * 0.50, y - radius * 0.20, radius * 0.07, radius * 0.12), 0x6FB4EE);
        }
    }

    private void eyes(double x, double y, double radius) {
        double size = expression == Expression.SURPRISED ? 0.155 : 0.115;
        for (int side : new int[] {-1, 1}) {
            double eye = x + side * radius * 0.42;
            if (expression == Expression.SLEEPY) {
                arc(eye, y, radius * 0.17, -radius * 0.10, radius);
                continue;
            }
            sketch.mark(ellipse(eye, y, radius * size, radius * size * 1.25), INK);
            sketch.mark(circle(eye + radius * 0.035, y + radius * 0.05, radius * 0.042), 0xFFFFFF);
            brow(side, eye, y + radius * 0.32, radius);
        }
    }

    private void brow(int side, double x, double y, double radius) {
        double inner = switch (expression) {
            case ANGRY -> -0.12;
            case SAD -> 0.12;
            case SURPRISED -> 0.06;
            case HAPPY, SLEEPY -> 0.0;
        };
        double lift = expression == Expression.SURPRISED ? radius * 0.12 : 0;
        if (expression == Expression.HAPPY) {
            return;
        }
        mark(
                radius * 0.075,
                x - side * radius * 0.20,
                y + lift + radius * inner,
                x + side * radius * 0.20,
                y + lift - radius * inner);
    }

    private void mouth(double x, double y, double radius) {
        switch (expression) {
            case HAPPY -> {
                sketch.mark(
                        new Outline()
                                .to(x - radius * 0.30, y + radius * 0.06)
                                .curve(x, y - radius * 0.46, x + radius * 0.30, y + radius * 0.06)
                                .curve(x, y - radius * 0.04, x - radius * 0.30, y + radius * 0.06)
                                .closed(),
                        0xB23A48);
            }
            case SAD -> arc(x, y - radius * 0.12, radius * 0.24, radius * 0.16, radius);
            case SURPRISED -> sketch.mark(ellipse(x, y - radius * 0.08, radius * 0.13, radius * 0.17), 0x8A2E3C);
            case SLEEPY -> sketch.mark(ellipse(x, y - radius * 0.04, radius * 0.08, radius * 0.06), 0x8A2E3C);
            case ANGRY -> arc(x, y - radius * 0.10, radius * 0.26, radius * 0.12, radius);
        }
    }

    private void arc(double x, double y, double half, double rise, double radius) {
        mark(
                radius * 0.08,
                x - half,
                y,
                x - half * 0.5,
                y + rise * 0.75,
                x,
                y + rise,
                x + half * 0.5,
                y + rise * 0.75,
                x + half,
                y);
    }

    private void mark(double thickness, double... points) {
        BasicStroke pen = new BasicStroke((float) thickness, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
        sketch.mark(pen.createStrokedShape(stroke(points)), INK);
    }
}
