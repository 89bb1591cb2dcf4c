package dev.atelier.world.render;

import dev.atelier.world.scene.Typeface;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.GlyphData;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;

/**
 * Outlines of words in the bundled fonts, so that letters look the same on every machine. Outlines are kept
 * while there is room for them: the words of the world are few. Thread-safe.
 */
final class Lettering {
    private static final Map<Typeface, TrueTypeFont> FONTS = load();
    private static final int KEPT = 512;
    private static final Map<Word, Shape> OUTLINES = new ConcurrentHashMap<>();

    private record Word(String letters, Typeface typeface) {}

    private Lettering() {}

    /**
     * The outline of {@code letters} on a baseline at 0, y up, one em high.
     *
     * @throws IllegalArgumentException for a character that the font lacks
     */
    static Shape outline(String letters, Typeface typeface) {
        Word word = new Word(letters, typeface);
        // Letters at random are drawn once and would fill the table without end.
        return OUTLINES.size() < KEPT ? OUTLINES.computeIfAbsent(word, Lettering::draw) : known(word);
    }

    private static Shape known(Word word) {
        Shape outline = OUTLINES.get(word);
        return outline == null ? draw(word) : outline;
    }

    /** The outline centred on a point with y up, as large as its box lets it be. */
    static Shape fit(String letters, Typeface typeface, double x, double y, double widest, double tallest) {
        Shape outline = outline(letters, typeface);
        Rectangle2D box = outline.getBounds2D();
        double scale = Math.min(widest / box.getWidth(), tallest / box.getHeight());
        return new AffineTransform(scale, 0, 0, scale, x - box.getCenterX() * scale, y - box.getCenterY() * scale)
                .createTransformedShape(outline);
    }

    private static Shape draw(Word word) {
        TrueTypeFont font = FONTS.get(word.typeface());
        // A font reads its tables on first use, through one stream.
        synchronized (font) {
            try {
                CmapLookup glyphs = font.getUnicodeCmapLookup();
                Path2D outline = new Path2D.Double();
                double x = 0;
                for (int character : word.letters().codePoints().toArray()) {
                    int glyph = glyphs.getGlyphId(character);
                    if (glyph == 0) {
                        throw new IllegalArgumentException("letters: " + word.typeface() + " has no glyph for "
                                + Character.toString(character) + " in " + word.letters());
                    }
                    GlyphData data = font.getGlyph().getGlyph(glyph);
                    if (data != null) {
                        outline.append(
                                data.getPath().getPathIterator(AffineTransform.getTranslateInstance(x, 0)), false);
                    }
                    x += font.getAdvanceWidth(glyph);
                }
                double em = 1.0 / font.getUnitsPerEm();
                return AffineTransform.getScaleInstance(em, em).createTransformedShape(outline);
            } catch (IOException e) {
                throw new UncheckedIOException("the bundled font " + word.typeface() + " is damaged", e);
            }
        }
    }

    private static Map<Typeface, TrueTypeFont> load() {
        Map<Typeface, TrueTypeFont> fonts = new EnumMap<>(Typeface.class);
        for (Typeface typeface : Typeface.values()) {
            String name = typeface.name().toLowerCase(Locale.ROOT) + ".ttf";
            try (InputStream file = Lettering.class.getResourceAsStream(name)) {
                if (file == null) {
                    throw new IllegalStateException("the bundled font " + name + " is missing");
                }
                fonts.put(typeface, new TTFParser(true).parse(new RandomAccessReadBuffer(file)));
            } catch (IOException e) {
                throw new UncheckedIOException("the bundled font " + name + " cannot be read", e);
            }
        }
        return fonts;
    }
}
