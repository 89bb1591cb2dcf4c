package dev.atelier.training.report;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;

/**
 * A line of a plot.
 *
 * @param x ascending
 * @param y as many numbers
 */
record Curve(String name, Color colour, double[] x, double[] y) {
    /** A smoothed value is a mean over so great a share of all, but over no more than {@link #MAX_WINDOW}. */
    private static final double WINDOW_SHARE = 1.0 / 40;

    private static final double MAX_WINDOW = 50;

    /** Points drawn of one curve at most; more lie closer than pixels do. */
    private static final int MAX_POINTS = 2000;

    /** A running mean, without the pull of its start (as Adam corrects its moments), thinned for drawing. */
    static Curve smoothed(String name, Color colour, double[] x, double[] y) {
        List<double[]> points = new ArrayList<>();
        int stride = Math.ceilDiv(Math.max(1, x.length), MAX_POINTS);
        double keep = 1 - 1 / Math.clamp(x.length * WINDOW_SHARE, 2, MAX_WINDOW);
        double sum = 0;
        double weight = 0;
        for (int i = 0; i < x.length; i++) {
            sum = keep * sum + (1 - keep) * y[i];
            weight = keep * weight + (1 - keep);
            if (i % stride == 0 || i == x.length - 1) {
                points.add(new double[] {x[i], sum / weight});
            }
        }
        return new Curve(
                name,
                colour,
                points.stream().mapToDouble(p -> p[0]).toArray(),
                points.stream().mapToDouble(p -> p[1]).toArray());
    }
}
