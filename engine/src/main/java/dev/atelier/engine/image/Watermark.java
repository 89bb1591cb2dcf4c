package dev.atelier.engine.image;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.Scanner;
import java.util.regex.Pattern;

/**
 * The visible mark in the lower right corner that says a picture was made by a model: white letters on a dark translucent plate,
 * so that they stand out on any picture. Their height follows the shorter side of the picture: capitals are 5% of it. The letters
 * are outlines, so no font need be installed.
 */
public enum Watermark {
    /** "AI generated". */
    ENGLISH("english"),
    /** "AI生成". */
    CHINESE("chinese");

    /** Height of capitals by the shorter side of the picture. */
    private static final double CAPITAL_SHARE = 0.05;

    /** Of the outlines, in units of which 1000 are an em. */
    private static final double CAPITAL_UNITS = 741;

    /** Space around the letters, and between plate and edge, in the same units. */
    private static final double PADDING_UNITS = 260;

    private static final double MARGIN_UNITS = 300;
    private static final Color PLATE = new Color(0, 0, 0, 140);

    private final Path2D outline;

    Watermark(String key) {
        outline = Outlines.of(key);
    }

    /** {@code picture} with the mark; a picture too small for it gets the mark in whatever size fits its width. */
    public Picture drawOn(Picture picture) {
        Rectangle2D letters = outline.getBounds2D();
        double wanted = CAPITAL_SHARE * Math.min(picture.width(), picture.height()) / CAPITAL_UNITS;
        double fitting = Math.min(
                picture.width() / (letters.getWidth() + 2 * PADDING_UNITS),
                picture.height() / (letters.getHeight() + 2 * PADDING_UNITS));
        double scale = Math.min(wanted, fitting);
        double padding = PADDING_UNITS * scale;
        double plateWidth = letters.getWidth() * scale + 2 * padding;
        double plateHeight = letters.getHeight() * scale + 2 * padding;
        double marginX = Math.min(MARGIN_UNITS * scale, picture.width() - plateWidth);
        double marginY = Math.min(MARGIN_UNITS * scale, picture.height() - plateHeight);
        int width = Math.min(picture.width(), (int) Math.ceil(plateWidth + marginX));
        int height = Math.min(picture.height(), (int) Math.ceil(plateHeight + marginY));

        int left = picture.width() - width;
        int top = picture.height() - height;
        BufferedImage corner =
                PictureResizer.crop(picture, left, top, width, height).toImage();
        Graphics2D graphics = corner.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        double plateX = width - marginX - plateWidth;
        double plateY = height - marginY - plateHeight;
        graphics.setColor(PLATE);
        graphics.fill(new RoundRectangle2D.Double(plateX, plateY, plateWidth, plateHeight, 2 * padding, 2 * padding));
        AffineTransform place = AffineTransform.getTranslateInstance(plateX + padding, plateY + padding);
        place.scale(scale, scale);
        place.translate(-letters.getX(), -letters.getY());
        graphics.setColor(Color.WHITE);
        graphics.fill(place.createTransformedShape(outline));
        graphics.dispose();
        return pasted(picture, corner, left, top);
    }

    private static Picture pasted(Picture picture, BufferedImage corner, int left, int top) {
        byte[] rgb = picture.toBytes();
        byte[] part = Picture.of(corner).bytes();
        int stride = corner.getWidth() * 3;
        for (int y = 0; y < corner.getHeight(); y++) {
            System.arraycopy(part, y * stride, rgb, ((top + y) * picture.width() + left) * 3, stride);
        }
        return new Picture(picture.width(), picture.height(), rgb);
    }

    /** The shipped path data. */
    private static final class Outlines {
        private static final Pattern BETWEEN = Pattern.compile("[ ,]+|(?<=[A-Z])|(?=[A-Z])");
        private static final Properties PATHS = new Properties();

        static {
            try (InputStream in = Watermark.class.getResourceAsStream("watermark.properties")) {
                PATHS.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Path data of absolute moves, lines, curves and closings. */
        static Path2D of(String key) {
            Path2D path = new Path2D.Double(Path2D.WIND_NON_ZERO);
            try (Scanner scanner = new Scanner(PATHS.getProperty(key)).useDelimiter(BETWEEN)) {
                while (scanner.hasNext()) {
                    String command = scanner.next();
                    switch (command) {
                        case "M" -> path.moveTo(scanner.nextInt(), scanner.nextInt());
                        case "L" -> path.lineTo(scanner.nextInt(), scanner.nextInt());
                        case "Q" ->
                            path.quadTo(scanner.nextInt(), scanner.nextInt(), scanner.nextInt(), scanner.nextInt());
                        case "C" ->
                            path.curveTo(
                                    scanner.nextInt(),
                                    scanner.nextInt(),
                                    scanner.nextInt(),
                                    scanner.nextInt(),
                                    scanner.nextInt(),
                                    scanner.nextInt());
                        case "Z" -> path.closePath();
                        default ->
                            throw new IllegalStateException("outline " + key + ": " + command + " is no command");
                    }
                }
            }
            return path;
        }
    }
}
