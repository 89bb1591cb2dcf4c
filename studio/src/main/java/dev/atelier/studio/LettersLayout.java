package dev.atelier.studio;

import dev.atelier.engine.image.Picture;
import dev.atelier.engine.image.PictureSize;
import dev.atelier.engine.image.Warp;
import dev.atelier.engine.image.WordsReference;
import dev.atelier.prompt.Letters;
import java.awt.Font;
import java.awt.GraphicsEnvironment;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Draws text where and as large as it belongs on its carrier, in a bold typeface of this machine that has its characters. Carriers stand
 * in the middle of the picture, as in those that models were taught with.
 */
final class LettersLayout {
    /** Models see no more of a reference. */
    private static final long MOST_PIXELS = 1024L * 1024;
    /** Points of the typeface before it is fitted. */
    private static final int POINTS = 100;

    private static final double LINE_SPACING = 1.15;
    private static final double STEP = 0.02;
    private static final FontRenderContext CONTEXT = new FontRenderContext(null, true, true);
    private static final ConcurrentHashMap<String, Optional<Font>> FONTS = new ConcurrentHashMap<>();

    /**
     * Where text stands, in shares of the picture's shorter side, y upwards from 0 at the foot of the square in the picture's middle; of a
     * title from the foot of the picture.
     *
     * @param radius of the upright cylinder that it is wrapped about; 0: flat
     */
    private record Box(double y, double widest, double tallest, double radius) {
        static Box of(Letters.Carrier carrier) {
            return switch (carrier) {
                case POSTER -> new Box(0.72, 0.74, 0.25, 0);
                case SIGN -> new Box(0.50, 0.60, 0.24, 0);
                case LABEL -> new Box(0.44, 0.52, 0.23, 0);
                case MUG -> new Box(0.46, 0.52, 0.28, 0.295);
                case SHOP_FRONT -> new Box(0.775, 0.66, 0.15, 0);
                case SCREEN -> new Box(0.51, 0.56, 0.26, 0);
                case TITLE -> new Box(0.82, 0.86, 0.19, 0);
            };
        }
    }

    private LettersLayout() {}

    /** Characters of {@code letters} for which no typeface is installed that has them all; empty: there is one. */
    static String missing(Letters letters) {
        String text = String.join("", letters.lines());
        if (font(text).isPresent()) {
            return "";
        }
        Font usual = new Font(Font.SANS_SERIF, Font.BOLD, POINTS);
        return text.codePoints()
                .distinct()
                .filter(character -> !Character.isWhitespace(character) && !usual.canDisplay(character))
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    private static Optional<Font> font(String text) {
        String characters = text.codePoints()
                .distinct()
                .sorted()
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        if (FONTS.size() > 1000) {
            FONTS.clear();
        }
        return FONTS.computeIfAbsent(characters, LettersLayout::find);
    }

    /** The system's usual typefaces first, then any. */
    private static Optional<Font> find(String characters) {
        Stream<Font> usual =
                Stream.of(Font.SANS_SERIF, Font.DIALOG, Font.SERIF).map(family -> new Font(family, Font.BOLD, POINTS));
        Stream<Font> all = Stream.of(0)
                .flatMap(_ -> Arrays.stream(
                        GraphicsEnvironment.getLocalGraphicsEnvironment().getAllFonts()))
                .map(font -> font.deriveFont(Font.BOLD, (float) POINTS));
        return Stream.concat(usual, all)
                .filter(font -> font.canDisplayUpTo(characters) < 0)
                .findFirst();
    }

    /**
     * The text alone on a picture of this shape, of at most a megapixel.
     *
     * @throws IllegalArgumentException when no typeface of this machine has its characters
     */
    static Picture draw(Letters letters, int width, int height) {
        PictureSize size = new PictureSize(width, height).fitArea(MOST_PIXELS);
        return WordsReference.draw(placed(letters, size.width(), size.height()), size.width(), size.height());
    }

    /** In pixels, y downwards. */
    static Shape placed(Letters letters, int width, int height) {
        Box box = Box.of(letters.carrier());
        boolean title = letters.carrier() == Letters.Carrier.TITLE;
        double side = Math.min(width, height);
        double widest = title ? box.widest() * width / side : box.widest();
        double tallest = letters.lines().size() > 1 ? box.tallest() * 1.4 : box.tallest();
        Shape flat = fitted(lines(letters.lines()), widest, tallest);
        Shape seen = box.radius() > 0 ? Warp.cylinder(box.radius()).apply(flat, STEP) : flat;
        double y = title ? height - box.y() * height : height / 2.0 + side * (0.5 - box.y());
        return new AffineTransform(side, 0, 0, -side, width / 2.0, y).createTransformedShape(seen);
    }

    /** Lines below each other, each centred, y upwards. */
    private static Shape lines(List<String> lines) {
        String text = String.join("", lines);
        Font font = font(text)
                .orElseThrow(() -> new IllegalArgumentException(
                        "letters: no typeface for the characters of '" + text + "' is installed"));
        Path2D out = new Path2D.Double();
        double top = 0;
        for (String line : lines) {
            TextLayout layout = new TextLayout(line, font, CONTEXT);
            Shape outline = layout.getOutline(null);
            Rectangle2D bounds = outline.getBounds2D();
            out.append(
                    new AffineTransform(1, 0, 0, -1, -bounds.getCenterX(), -top).createTransformedShape(outline),
                    false);
            top += (layout.getAscent() + layout.getDescent()) * LINE_SPACING;
        }
        return out;
    }

    /** Centred on 0, as large as the box lets it be. */
    private static Shape fitted(Shape outline, double widest, double tallest) {
        Rectangle2D bounds = outline.getBounds2D();
        double scale = Math.min(widest / bounds.getWidth(), tallest / bounds.getHeight());
        return new AffineTransform(scale, 0, 0, scale, -bounds.getCenterX() * scale, -bounds.getCenterY() * scale)
                .createTransformedShape(outline);
    }
}
