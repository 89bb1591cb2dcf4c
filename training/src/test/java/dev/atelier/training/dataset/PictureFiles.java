package dev.atelier.training.dataset;

import dev.atelier.engine.image.Picture;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Small picture files for tests. */
public final class PictureFiles {
    private PictureFiles() {}

    /** One colour all over. */
    public static Picture plain(Color colour, int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var graphics = image.createGraphics();
        graphics.setColor(colour);
        graphics.fillRect(0, 0, width, height);
        graphics.dispose();
        return Picture.of(image);
    }

    public static byte[] png(Color colour, int width, int height) {
        return png(plain(colour, width, height).toImage());
    }

    /** A PNG that is black on the left and grows red to the right. */
    public static byte[] gradient(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < width; x++) {
            for (int y = 0; y < height; y++) {
                image.setRGB(x, y, new Color(255 * x / width, 0, 0).getRGB());
            }
        }
        return png(image);
    }

    private static byte[] png(BufferedImage image) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** A PNG with its caption beside it. */
    public static void captioned(Path folder, String name, Color colour, String caption) throws IOException {
        Files.createDirectories(folder);
        Files.write(folder.resolve(name + ".png"), png(colour, 64, 64));
        Files.writeString(folder.resolve(name + ".txt"), caption);
    }
}
