package dev.atelier.world.render;

import static dev.atelier.world.render.Sketch.box;
import static dev.atelier.world.render.Sketch.circle;
import static dev.atelier.world.render.Sketch.polygon;
import static dev.atelier.world.render.Sketch.trace;

import dev.atelier.world.scene.Chart;
import dev.atelier.world.scene.Dice;
import dev.atelier.world.scene.Scene;
import java.awt.geom.Arc2D;
import java.awt.geom.Path2D;
import java.util.Arrays;

/** Diagrams on a plain card, in a square in the middle of the picture. */
record ChartPainter(Canvas canvas, Scene scene, Chart chart) {
    private static final int AXIS = 0x3A3F4C;

    void paint() {
        int ground = Rgb.mix(chart.ground().rgb(), 0xFFFFFF, 0.62);
        Arrays.fill(canvas.pixels(), canvas.ground(ground));
        double side = Math.min(canvas.width(), canvas.height());
        Sketch sketch = new Sketch(canvas, canvas.width() / 2.0, canvas.height() / 2.0 + side * 0.5, side);
        sketch.body(box(-0.43, 0.07, 0.86, 0.86, 0.04), Fill.of(0xFFFFFF));
        switch (chart.kind()) {
            case BARS -> bars(sketch);
            case PIE -> pie(sketch);
            case LINE -> line(sketch);
            case FLOW -> flow(sketch);
            case CYCLE -> cycle(sketch);
            case PYRAMID -> pyramid(sketch);
        }
    }

    private int rgb(int part) {
        return chart.hue(part).rgb();
    }

    private Dice dice() {
        return Dice.of(scene.seed(), "values");
    }

    private void axes(Sketch sketch) {
        sketch.line(trace(-0.33, 0.82, -0.33, 0.18, 0.35, 0.18), AXIS, 0.012);
    }

    private void bars(Sketch sketch) {
        Dice dice = dice();
        double step = 0.62 / chart.count();
        for (int i = 0; i < chart.count(); i++) {
            double tall = dice.between(0.16, 0.60);
            sketch.body(box(-0.29 + step * i, 0.18, step * 0.68, tall, 0.008), Fill.lit(rgb(i)));
        }
        axes(sketch);
    }

    private void pie(Sketch sketch) {
        Dice dice = dice();
        double[] shares = new double[chart.count()];
        double sum = 0;
        for (int i = 0; i < shares.length; i++) {
            shares[i] = dice.between(0.7, 1.5);
            sum += shares[i];
        }
        double from = 90;
        for (int i = 0; i < shares.length; i++) {
            double sweep = 360 * shares[i] / sum;
            int colour = chart.hues().size() == 1 ? Rgb.mix(rgb(i), 0xFFFFFF, 0.14 * (i % 3)) : rgb(i);
            Arc2D slice = new Arc2D.Double(-0.31, 0.19, 0.62, 0.62, from, sweep, Arc2D.PIE);
            sketch.body(slice, Fill.lit(colour));
            from += sweep;
        }
        from = 90;
        for (double share : shares) {
            double angle = -Math.toRadians(from);
            sketch.line(trace(0, 0.5, Math.cos(angle) * 0.31, 0.5 + Math.sin(angle) * 0.31), 0xFFFFFF, 0.012);
            from += 360 * share / sum;
        }
    }

    private void line(Sketch sketch) {
        Dice dice = dice();
        int count = chart.count();
        double[] points = new double[2 * count];
        for (int i = 0; i < count; i++) {
            points[2 * i] = -0.27 + 0.56 * i / (count - 1);
            points[2 * i + 1] = 0.25 + dice.between(0, 0.5);
        }
        axes(sketch);
        sketch.line(trace(points), rgb(0), 0.020);
        for (int i = 0; i < count; i++) {
            sketch.body(circle(points[2 * i], points[2 * i + 1], 0.034), Fill.lit(rgb(i)));
        }
    }

    private void flow(Sketch sketch) {
        int count = chart.count();
        double step = 0.76 / count;
        double tall = step * 0.62;
        for (int i = 0; i < count; i++) {
            double top = 0.88 - step * i;
            if (i < count - 1) {
                sketch.line(trace(0, top - tall, 0, top - step), AXIS, 0.012);
                sketch.mark(polygon(-0.022, top - step + 0.028, 0.022, top - step + 0.028, 0, top - step), AXIS);
            }
        }
        for (int i = 0; i < count; i++) {
            sketch.body(box(-0.22, 0.88 - step * i - tall, 0.44, tall, tall * 0.22), Fill.lit(rgb(i)));
        }
    }

    private void cycle(Sketch sketch) {
        int count = chart.count();
        double radius = 0.26;
        sketch.line(circle(0, 0.5, radius), AXIS, 0.014);
        for (int i = 0; i < count; i++) {
            double between = Math.PI / 2 - 2 * Math.PI * (i + 0.5) / count;
            Sketch turned = sketch.turned(between, 0, 0.5);
            turned.mark(polygon(radius - 0.035, 0.515, radius + 0.035, 0.515, radius, 0.465), AXIS);
        }
        for (int i = 0; i < count; i++) {
            double angle = Math.PI / 2 - 2 * Math.PI * i / count;
            sketch.body(
                    circle(Math.cos(angle) * radius, 0.5 + Math.sin(angle) * radius, count > 4 ? 0.085 : 0.105),
                    Fill.lit(rgb(i)));
        }
    }

    private void pyramid(Sketch sketch) {
        int count = chart.count();
        double low = 0.16;
        double tall = 0.70;
        for (int i = 0; i < count; i++) {
            double top = low + tall * (count - i) / count;
            double bottom = low + tall * (count - i - 1) / count + 0.010;
            Path2D level = polygon(
                    -half(top, low, tall),
                    top,
                    half(top, low, tall),
                    top,
                    half(bottom, low, tall),
                    bottom,
                    -half(bottom, low, tall),
                    bottom);
            int colour = chart.hues().size() == 1 ? Rgb.mix(rgb(i), 0xFFFFFF, 0.10 * (i % 3)) : rgb(i);
            sketch.body(level, Fill.lit(colour));
        }
    }

    private static double half(double y, double low, double tall) {
        return 0.36 * (1 - (y - low) / tall);
    }
}
