package dev.atelier.world.render;

import java.awt.geom.Path2D;

/** Paths from points. */
final class Outline {
    private final Path2D.Double path = new Path2D.Double();
    private boolean begun;

    Outline to(double x, double y) {
        if (begun) {
            path.lineTo(x, y);
        } else {
            path.moveTo(x, y);
            begun = true;
        }
        return this;
    }

    Outline curve(double controlX, double controlY, double x, double y) {
        path.quadTo(controlX, controlY, x, y);
        return this;
    }

    Outline curve(double x1, double y1, double x2, double y2, double x, double y) {
        path.curveTo(x1, y1, x2, y2, x, y);
        return this;
    }

    /** The path as it is, not closed. */
    Path2D open() {
        return path;
    }

    Path2D closed() {
        path.closePath();
        return path;
    }

    /** The area under {@code heights}, spread evenly over the width, down to {@code bottom}. */
    static Path2D under(double[] heights, double width, double bottom) {
        Outline outline = new Outline().to(-2, bottom);
        outline.to(-2, heights[0]);
        for (int i = 0; i < heights.length; i++) {
            outline.to(width * i / (heights.length - 1), heights[i]);
        }
        return outline.to(width + 2, heights[heights.length - 1])
                .to(width + 2, bottom)
                .closed();
    }
}
