package dev.atelier.world.render;

import dev.atelier.world.scene.Style;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;

/**
 * A picture in the making, drawn on in one style. Painters say what is there (bodies with outlines, details, lights); how
 * it looks follows from the style. Lengths are pixels; painters scale by {@link #unit()}. Not thread-safe.
 */
final class Canvas implements AutoCloseable {
    private static final int PAPER = 0xFBF8F1;
    private static final int INK = 0x22252E;
    private static final int NEON_DARK = 0x0B0820;
    private static final int SHADOW_LAYERS = 4;

    private final int width;
    private final int height;
    private final double unit;
    private final Style style;
    private final int[] pixels;
    private final Graphics2D graphics;

    Canvas(int width, int height, Style style) {
        this.width = width;
        this.height = height;
        int shortSide = Math.min(width, height);
        this.unit = Math.min(Math.sqrt((double) width * height), 1.5 * shortSide);
        this.style = style;
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        this.pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
        this.graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** The length that sizes follow: the short side of a square picture, more in a wide or tall one. */
    double unit() {
        return unit;
    }

    Style style() {
        return style;
    }

    /** The pixels themselves, rows from the top, {@code 0xRRGGBB}. */
    int[] pixels() {
        return pixels;
    }

    /** A copy, three bytes a pixel. */
    byte[] toBytes() {
        byte[] rgb = new byte[pixels.length * 3];
        for (int i = 0; i < pixels.length; i++) {
            rgb[3 * i] = (byte) (pixels[i] >> 16);
            rgb[3 * i + 1] = (byte) (pixels[i] >> 8);
            rgb[3 * i + 2] = (byte) pixels[i];
        }
        return rgb;
    }

    /** A part of the picture with an edge of its own. */
    void body(Shape shape, Fill fill) {
        switch (style) {
            case SOFT, PAINTERLY -> paint(shape, fill);
            case CARTOON -> {
                paint(shape, fill);
                stroke(shape, Rgb.shade(fill.base(), 0.55), 0.0045, 0.85);
            }
            case FLAT -> solid(shape, fill.base(), 1);
            case LINE_ART -> {
                solid(shape, Rgb.mix(fill.base(), PAPER, 0.5), 1);
                stroke(shape, INK, 0.0055, 1);
            }
            case NEON -> {
                solid(shape, Rgb.mix(fill.base(), NEON_DARK, 0.74), 1);
                tube(shape, fill.base());
            }
            case PAPER_CUT -> {
                shadowed(shape);
                solid(shape, fill.base(), 1);
            }
        }
    }

    /** A part of a body: a highlight, a window, a stripe. It casts no shadow of its own. */
    void detail(Shape shape, int rgb) {
        switch (style) {
            case SOFT, PAINTERLY, FLAT, PAPER_CUT, CARTOON -> solid(shape, rgb, 1);
            case LINE_ART -> {
                solid(shape, Rgb.mix(rgb, PAPER, 0.5), 1);
                stroke(shape, INK, 0.0035, 0.9);
            }
            case NEON -> {
                solid(shape, Rgb.mix(rgb, NEON_DARK, 0.6), 1);
                stroke(shape, vivid(rgb), 0.004, 0.95);
            }
        }
    }

    /** A mark that says which thing this is, such as an eye or a letter: its own colour in every style. */
    void mark(Shape shape, int rgb) {
        solid(shape, style == Style.NEON && Rgb.luma(rgb) < 90 ? Rgb.lighter(rgb, 0.8) : rgb, 1);
    }

    /** Printed letters. */
    void lettering(Shape shape, int rgb) {
        if (style == Style.NEON) {
            stroke(shape, vivid(rgb), 0.020, 0.22);
            solid(shape, Rgb.lighter(vivid(rgb), 0.25), 1);
            return;
        }
        if (style == Style.PAPER_CUT) {
            shadowed(shape);
        }
        solid(shape, rgb, 1);
    }

    /** Light or shade upon a body; styles without shading leave it out. */
    void shading(Shape shape, int rgb, double alpha) {
        switch (style) {
            case SOFT, PAINTERLY, CARTOON -> solid(shape, rgb, alpha);
            case FLAT, PAPER_CUT -> solid(shape, rgb, alpha * 0.6);
            case LINE_ART -> solid(shape, rgb, alpha * 0.3);
            case NEON -> {}
        }
    }

    /** A line drawn with a brush. {@code thickness} is a share of the unit. */
    void line(Shape path, int rgb, double thickness) {
        switch (style) {
            case SOFT, PAINTERLY, FLAT, PAPER_CUT, CARTOON -> stroke(path, rgb, thickness, 1);
            case LINE_ART -> stroke(path, Rgb.mix(rgb, INK, 0.6), Math.max(thickness * 0.6, 0.004), 1);
            case NEON -> {
                stroke(path, vivid(rgb), thickness * 2.4, 0.18);
                stroke(path, Rgb.lighter(vivid(rgb), 0.3), thickness, 1);
            }
        }
    }

    /** The colour that large areas without edges, such as the sky, take in this style. */
    int ground(int rgb) {
        return switch (style) {
            case SOFT, PAINTERLY, FLAT, PAPER_CUT, CARTOON -> rgb;
            case LINE_ART -> Rgb.mix(rgb, PAPER, 0.55);
            case NEON -> Rgb.mix(Rgb.saturate(rgb, 1.4), NEON_DARK, 0.8);
        };
    }

    /** {@code shape} in one colour, whatever the style. */
    void solid(Shape shape, int rgb, double alpha) {
        graphics.setPaint(new Color(Rgb.red(rgb), Rgb.green(rgb), Rgb.blue(rgb), (int) Math.round(alpha * 255)));
        graphics.fill(shape);
    }

    /** A finished picture with an edge of its own, placed by {@code place} from its pixels. */
    void picture(BufferedImage image, AffineTransform place) {
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        if (style == Style.PAPER_CUT) {
            BufferedImage dark = silhouette(image);
            for (int i = SHADOW_LAYERS; i > 0; i--) {
                double down = unit * 0.0062 * i;
                AffineTransform moved = AffineTransform.getTranslateInstance(down * 0.5, down);
                moved.concatenate(place);
                graphics.drawImage(dark, moved, null);
            }
        }
        graphics.drawImage(image, place, null);
    }

    private static BufferedImage silhouette(BufferedImage image) {
        BufferedImage dark = Sprite.image(image.getWidth(), image.getHeight());
        int[] from = Sprite.pixels(image);
        int[] to = Sprite.pixels(dark);
        for (int i = 0; i < from.length; i++) {
            to[i] = (from[i] >>> 24) * 28 / 255 << 24 | 0x1A1426;
        }
        return dark;
    }

    /** {@code shape} with its gradient, whatever the style. */
    void paint(Shape shape, Fill fill) {
        graphics.setPaint(fill.paint(shape.getBounds2D()));
        graphics.fill(shape);
    }

    /** The outline of {@code shape}, whatever the style. {@code thickness} is a share of the unit, at least a pixel's half. */
    void stroke(Shape shape, int rgb, double thickness, double alpha) {
        graphics.setPaint(new Color(Rgb.red(rgb), Rgb.green(rgb), Rgb.blue(rgb), (int) Math.round(alpha * 255)));
        float pixelsWide = (float) Math.max(0.5, thickness * unit);
        graphics.setStroke(new BasicStroke(pixelsWide, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        graphics.draw(shape);
    }

    private void tube(Shape shape, int rgb) {
        int light = vivid(rgb);
        stroke(shape, light, 0.024, 0.10);
        stroke(shape, light, 0.013, 0.20);
        stroke(shape, Rgb.lighter(light, 0.35), 0.0055, 1);
    }

    private void shadowed(Shape shape) {
        for (int i = SHADOW_LAYERS; i > 0; i--) {
            double down = unit * 0.0062 * i;
            solid(AffineTransform.getTranslateInstance(down * 0.5, down).createTransformedShape(shape), 0x1A1426, 0.11);
        }
    }

    private static int vivid(int rgb) {
        int saturated = Rgb.saturate(rgb, 1.5);
        double brightness = Math.max(Rgb.red(saturated), Math.max(Rgb.green(saturated), Rgb.blue(saturated)));
        double gain = 255 / Math.max(brightness, 60);
        return Rgb.of(Rgb.red(saturated) * gain, Rgb.green(saturated) * gain, Rgb.blue(saturated) * gain);
    }

    @Override
    public void close() {
        graphics.dispose();
    }
}
