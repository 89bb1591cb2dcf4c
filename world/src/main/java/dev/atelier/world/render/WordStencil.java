package dev.atelier.world.render;

import dev.atelier.world.scene.Typeface;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;

/**
 * A word as the world prints it, without a scene around it.
 *
 * @param coverage one byte a pixel, rows from the top, 0 to 255 as the letters cover it
 */
public record WordStencil(int width, int height, byte[] coverage) {
    /**
     * {@code letters} with {@code em} pixels to the em, cut to their bounds.
     *
     * @throws IllegalArgumentException for a character that the typeface lacks, or an em outside of 2 to 1,000
     */
    public static WordStencil of(String letters, Typeface typeface, double em) {
        if (!(em >= 2 && em <= 1000)) {
            throw new IllegalArgumentException("em: " + em + " pixels, 2 to 1000 expected");
        }
        Shape outline = Lettering.outline(letters, typeface);
        Rectangle2D box = outline.getBounds2D();
        int width = (int) Math.ceil(box.getWidth() * em);
        int height = (int) Math.ceil(box.getHeight() * em);
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setColor(Color.WHITE);
        // Outlines have y upwards.
        graphics.fill(new AffineTransform(em, 0, 0, -em, -box.getX() * em, box.getMaxY() * em)
                .createTransformedShape(outline));
        graphics.dispose();
        return new WordStencil(
                width, height, ((DataBufferByte) image.getRaster().getDataBuffer()).getData());
    }
}
