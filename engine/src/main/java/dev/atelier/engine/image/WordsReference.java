package dev.atelier.engine.image;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.image.BufferedImage;

/**
 * Letters that a picture is to carry, given to a model as a reference: black on white, where and as large as they will be in the
 * picture. What a model copies from its reference it need not spell.
 */
public final class WordsReference {
    private static final int BYTES = 3;

    private WordsReference() {}

    /** {@code letters}, in pixels with y downwards, alone on a picture of this size. */
    public static Picture draw(Shape letters, int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, width, height);
        graphics.setColor(Color.BLACK);
        graphics.fill(letters);
        graphics.dispose();
        int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
        byte[] rgb = new byte[pixels.length * BYTES];
        for (int i = 0; i < pixels.length; i++) {
            rgb[BYTES * i] = (byte) (pixels[i] >> 16);
            rgb[BYTES * i + 1] = (byte) (pixels[i] >> 8);
            rgb[BYTES * i + 2] = (byte) pixels[i];
        }
        return new Picture(width, height, rgb);
    }

    /**
     * {@code prompt} with the words by which models are taught that its text is that of a reference.
     *
     * @param image number of the reference, from 1
     */
    public static String prompt(String prompt, int image, boolean chinese) {
        String words = prompt.strip().replaceFirst("[.。]$", "");
        return words + (chinese ? "，文字如图" + image : ", with the text of image " + image);
    }
}
