package dev.atelier.engine.image;

import java.awt.Shape;
import java.awt.geom.Path2D;
import java.awt.geom.PathIterator;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;

/** Where a point of a flat drawing is seen when the drawing is turned away or bent. */
@FunctionalInterface
public interface Warp {
    Point2D at(double x, double y);

    /** Each line as short ones of at most {@code step}, moved to where they are seen. */
    default Path2D apply(Shape shape, double step) {
        Path2D out = new Path2D.Double();
        double[] at = new double[6];
        double fromX = 0;
        double fromY = 0;
        double startX = 0;
        double startY = 0;
        for (PathIterator i = shape.getPathIterator(null, step * 0.05); !i.isDone(); i.next()) {
            switch (i.currentSegment(at)) {
                case PathIterator.SEG_MOVETO -> {
                    Point2D to = at(at[0], at[1]);
                    out.moveTo(to.getX(), to.getY());
                    startX = fromX = at[0];
                    startY = fromY = at[1];
                }
                case PathIterator.SEG_LINETO -> {
                    line(out, fromX, fromY, at[0], at[1], step);
                    fromX = at[0];
                    fromY = at[1];
                }
                default -> {
                    line(out, fromX, fromY, startX, startY, step);
                    out.closePath();
                    fromX = startX;
                    fromY = startY;
                }
            }
        }
        return out;
    }

    private void line(Path2D out, double x0, double y0, double x1, double y1, double step) {
        int pieces = (int) Math.max(1, Math.ceil(Math.hypot(x1 - x0, y1 - y0) / step));
        for (int i = 1; i <= pieces; i++) {
            double t = (double) i / pieces;
            Point2D to = at(x0 + (x1 - x0) * t, y0 + (y1 - y0) * t);
            out.lineTo(to.getX(), to.getY());
        }
    }

    /**
     * The view of a flat rectangle whose corners are seen at four points: the projective map of one to the other (Heckbert,
     * "Fundamentals of Texture Mapping and Image Warping", 1989, section 2.2.3).
     *
     * @param corners x and y of where the corners at the least x and y, most x and least y, most of both, least x and most y are seen
     */
    static Warp perspective(Rectangle2D front, double... corners) {
        double x0 = corners[0];
        double y0 = corners[1];
        double x1 = corners[2];
        double y1 = corners[3];
        double x2 = corners[4];
        double y2 = corners[5];
        double x3 = corners[6];
        double y3 = corners[7];
        double sumX = x0 - x1 + x2 - x3;
        double sumY = y0 - y1 + y2 - y3;
        double determinant = (x1 - x2) * (y3 - y2) - (x3 - x2) * (y1 - y2);
        double g = (sumX * (y3 - y2) - (x3 - x2) * sumY) / determinant;
        double h = ((x1 - x2) * sumY - sumX * (y1 - y2)) / determinant;
        return (x, y) -> {
            double u = (x - front.getX()) / front.getWidth();
            double v = (y - front.getY()) / front.getHeight();
            double depth = g * u + h * v + 1;
            return new Point2D.Double(
                    ((x1 - x0 + g * x1) * u + (x3 - x0 + h * x3) * v + x0) / depth,
                    ((y1 - y0 + g * y1) * u + (y3 - y0 + h * y3) * v + y0) / depth);
        };
    }

    /** The view, a little from above, of what is wrapped about an upright cylinder of this radius about x = 0. */
    static Warp cylinder(double radius) {
        double sag = radius * 0.14;
        return (x, y) ->
                new Point2D.Double(radius * Math.sin(x / radius), y - sag * (Math.cos(x / radius) - Math.cos(1)));
    }
}
