package dev.atelier.training.lora;

import dev.atelier.engine.image.Picture;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/** A PNG of pairs: each prompt without the adapter on the left, with it on the right. */
final class SampleSheet {
    private static final int SIDE = 256;
    private static final int GAP = 4;
    private static final int LINE = 18;

    private SampleSheet() {}

    /** One prompt's pictures of the same seed. */
    record Row(String prompt, Picture without, Picture with) {}

    static void write(Path file, List<Row> rows) throws IOException {
        int height = rows.size() * (SIDE + LINE + GAP) + GAP;
        BufferedImage sheet = new BufferedImage(2 * SIDE + 3 * GAP, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = sheet.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, sheet.getWidth(), height);
        graphics.setColor(Color.BLACK);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        int y = GAP;
        for (Row row : rows) {
            graphics.drawString(row.prompt(), GAP, y + LINE - 5);
            draw(graphics, row.without(), GAP, y + LINE);
            draw(graphics, row.with(), SIDE + 2 * GAP, y + LINE);
            y += SIDE + LINE + GAP;
        }
        graphics.dispose();
        ImageIO.write(sheet, "png", file.toFile());
    }

    /** As large as fits a square. */
    private static void draw(Graphics2D graphics, Picture picture, int x, int y) {
        double scale = (double) SIDE / Math.max(picture.width(), picture.height());
        int width = Math.max(1, (int) Math.round(picture.width() * scale));
        int height = Math.max(1, (int) Math.round(picture.height() * scale));
        graphics.drawImage(picture.toImage(), x + (SIDE - width) / 2, y + (SIDE - height) / 2, width, height, null);
    }
}
