package dev.atelier.world.render;

import dev.atelier.world.scene.Style;
import java.awt.BasicStroke;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.geom.RoundRectangle2D;

/**
 * A canvas seen from one subject: the origin is the middle of its foot, one is its height, y points up. Shapes are made
 * and drawn in these units.
 */
final class Sketch {
    private final Canvas canvas;
    private final AffineTransform toPixels;
    private final double size;

    Sketch(Canvas canvas, double x, double y, double size) {
        this.canvas = canvas;
        this.size = size;
        this.toPixels = new AffineTransform(size, 0, 0, -size, x, y);
    }

    private Sketch(Canvas canvas, AffineTransform toPixels, double size) {
        this.canvas = canvas;
        this.toPixels = toPixels;
        this.size = size;
    }

    /** The same canvas turned about a point, counter-clockwise, in radians. */
    Sketch turned(double angle, double x, double y) {
        AffineTransform turned = new AffineTransform(toPixels);
        turned.rotate(angle, x, y);
        return new Sketch(canvas, turned, size);
    }

    /** The same canvas from another foot and at another scale. */
    Sketch from(double x, double y, double scale) {
        AffineTransform moved = new AffineTransform(toPixels);
        moved.translate(x, y);
        moved.scale(scale, scale);
        return new Sketch(canvas, moved, size * scale);
    }

    /** The same canvas with left and right exchanged. */
    Sketch mirrored() {
        AffineTransform mirrored = new AffineTransform(toPixels);
        mirrored.scale(-1, 1);
        return new Sketch(canvas, mirrored, size);
    }

    /** Where the foot is on the canvas, in pixels. */
    Point2D foot() {
        return toPixels.transform(new Point2D.Double(0, 0), null);
    }

    /** How many pixels one is. */
    double size() {
        return size;
    }

    Canvas canvas() {
        return canvas;
    }

    Style style() {
        return canvas.style();
    }

    void body(Shape shape, Fill fill) {
        canvas.body(pixels(shape), fill);
    }

    void detail(Shape shape, int rgb) {
        canvas.detail(pixels(shape), rgb);
    }

    void mark(Shape shape, int rgb) {
        canvas.mark(pixels(shape), rgb);
    }

    /** Letters: their colour in every style, with a glow where the style has one. */
    void lettering(Shape shape, int rgb) {
        canvas.lettering(pixels(shape), rgb);
    }

    void shading(Shape shape, int rgb, double alpha) {
        canvas.shading(pixels(shape), rgb, alpha);
    }

    /** @param thickness in this sketch's units */
    void line(Shape shape, int rgb, double thickness) {
        canvas.line(pixels(shape), rgb, thickness * size / canvas.unit());
    }

    /** A line with an outline of its own, such as an arm. {@code thickness} in this sketch's units. */
    void limb(Shape shape, int rgb, double thickness) {
        BasicStroke pen = new BasicStroke((float) thickness, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
        body(new Area(pen.createStrokedShape(shape)), Fill.of(rgb));
    }

    /** A soft shadow on the ground, {@code half} wide to either side. */
    void shadow(double x, double y, double half) {
        if (style() == Style.LINE_ART || style() == Style.NEON) {
            return;
        }
        for (int i = 0; i < 4; i++) {
            double wide = half * (1.25 - 0.13 * i);
            canvas.solid(pixels(ellipse(x + half * 0.10, y, wide, wide * 0.17)), 0x14141E, 0.085);
        }
    }

    Shape pixels(Shape shape) {
        return toPixels.createTransformedShape(shape);
    }

    static Ellipse2D ellipse(double x, double y, double radiusX, double radiusY) {
        return new Ellipse2D.Double(x - radiusX, y - radiusY, radiusX * 2, radiusY * 2);
    }

    static Ellipse2D circle(double x, double y, double radius) {
        return ellipse(x, y, radius, radius);
    }

    /** A rectangle from its bottom left corner, its corners rounded by {@code radius}. */
    static RoundRectangle2D box(double x, double y, double width, double height, double radius) {
        return new RoundRectangle2D.Double(x, y, width, height, radius * 2, radius * 2);
    }

    /** A polygon from x and y in turn. */
    static Path2D polygon(double... points) {
        Outline outline = new Outline();
        for (int i = 0; i < points.length; i += 2) {
            outline.to(points[i], points[i + 1]);
        }
        return outline.closed();
    }

    /** An open line from x and y in turn. */
    static Path2D trace(double... points) {
        Outline outline = new Outline();
        for (int i = 0; i < points.length; i += 2) {
            outline.to(points[i], points[i + 1]);
        }
        return outline.open();
    }

    /** A closed curve through points, x and y in turn (Catmull-Rom). */
    static Path2D blob(double... points) {
        return curve(true, points);
    }

    /** An open curve through points, x and y in turn (Catmull-Rom). */
    static Path2D stroke(double... points) {
        return curve(false, points);
    }

    private static Path2D curve(boolean closed, double... points) {
        int count = points.length / 2;
        Outline outline = new Outline().to(points[0], points[1]);
        int spans = closed ? count : count - 1;
        for (int i = 0; i < spans; i++) {
            int before = closed ? (i + count - 1) % count : Math.max(0, i - 1);
            int from = i % count;
            int to = (i + 1) % count;
            int after = closed ? (i + 2) % count : Math.min(count - 1, i + 2);
            outline.curve(
                    points[2 * from] + (points[2 * to] - points[2 * before]) / 6,
                    points[2 * from + 1] + (points[2 * to + 1] - points[2 * before + 1]) / 6,
                    points[2 * to] - (points[2 * after] - points[2 * from]) / 6,
                    points[2 * to + 1] - (points[2 * after + 1] - points[2 * from + 1]) / 6,
                    points[2 * to],
                    points[2 * to + 1]);
        }
        return closed ? outline.closed() : outline.open();
    }

    /** The outline of a turned body: radius and height in turn, from the foot to the rim. */
    static Path2D lathe(double... profile) {
        int count = profile.length / 2;
        Path2D side = stroke(profile);
        double[] left = new double[profile.length];
        for (int i = 0; i < count; i++) {
            left[2 * i] = -profile[2 * (count - 1 - i)];
            left[2 * i + 1] = profile[2 * (count - 1 - i) + 1];
        }
        side.append(stroke(left), true);
        side.closePath();
        return side;
    }
}
