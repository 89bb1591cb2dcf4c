package dev.atelier.training.evaluation;

import dev.atelier.engine.image.Picture;
import dev.atelier.engine.image.PictureResizer;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.FontRenderContext;
import java.awt.font.LineBreakMeasurer;
import java.awt.font.TextAttribute;
import java.awt.font.TextLayout;
import java.awt.image.BufferedImage;
import java.text.AttributedString;
import java.util.List;
import java.util.Map;

/** Rows of pictures with their words to the left, in two columns. */
final class ContactSheet {
    private static final int PICTURE = 160;
    private static final int GAP = 8;
    private static final int WORDS = 250;
    private static final int COLUMNS = 2;
    private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
    private static final Color INK = new Color(0x22252E);
    private static final Color GREY = new Color(0x777C85);

    private ContactSheet() {}

    /** @param rows at least one */
    static BufferedImage draw(List<EvaluationReport.Row> rows) {
        int most = rows.stream().mapToInt(row -> row.pictures().size()).max().orElseThrow();
        int width = GAP + WORDS + most * (PICTURE + GAP) + GAP;
        int lines = Math.ceilDiv(rows.size(), COLUMNS);
        BufferedImage sheet =
                new BufferedImage(COLUMNS * width, GAP + lines * (PICTURE + GAP), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = sheet.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
        for (int i = 0; i < rows.size(); i++) {
            row(graphics, rows.get(i), i + 1, i / lines * width + GAP, GAP + i % lines * (PICTURE + GAP));
        }
        graphics.dispose();
        return sheet;
    }

    private static void row(Graphics2D graphics, EvaluationReport.Row row, int number, int x, int y) {
        int place = x + WORDS;
        for (Picture picture : row.pictures()) {
            graphics.drawImage(PictureResizer.resize(picture, PICTURE, PICTURE).toImage(), place, y, null);
            place += PICTURE + GAP;
        }
        graphics.setColor(GREY);
        float below = text(graphics, number + "  " + String.join(" | ", row.titles()), x, y, y + PICTURE);
        graphics.setColor(INK);
        text(graphics, words(row), x, below + 4, y + PICTURE);
    }

    /** The words, if this machine has letters for them; they are in the report's text as well. */
    private static String words(EvaluationReport.Row row) {
        return FONT.canDisplayUpTo(row.words()) < 0 ? row.words() : "(words in evaluation.md)";
    }

    /** Draws as many lines as fit above {@code bottom}; the place below the last. */
    private static float text(Graphics2D graphics, String words, float x, float y, float bottom) {
        if (words.isEmpty()) {
            return y;
        }
        FontRenderContext context = graphics.getFontRenderContext();
        LineBreakMeasurer measurer = new LineBreakMeasurer(
                new AttributedString(words, Map.of(TextAttribute.FONT, FONT)).getIterator(), context);
        float at = y;
        while (measurer.getPosition() < words.length()) {
            TextLayout line = measurer.nextLayout(WORDS - GAP);
            at += line.getAscent();
            if (at > bottom) {
                break;
            }
            line.draw(graphics, x, at);
            at += line.getDescent() + line.getLeading();
        }
        return at;
    }
}
