package dev.atelier.junit;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** What a failed comparison leaves: {@code NAME.png} with both pictures and their difference side by side, and each of the three by itself. */
final class PictureReport {
    private static final int GAP = 8;
    /** From here on a difference is shown as fully red. */
    private static final double FULL = 20;

    private final Path folder;
    private final String name;

    PictureReport(Path folder, String name) {
        this.folder = folder;
        this.name = name;
    }

    /** An earlier run's report says nothing of this one. */
    void clear() throws IOException {
        for (String part : new String[] {"", "-stored", "-drawn", "-difference"}) {
            Files.deleteIfExists(file(part));
        }
    }

    /** @return the file with what was drawn */
    Path write(BufferedImage drawn) throws IOException {
        return write("-drawn", drawn);
    }

    /** @return the file with all three side by side */
    Path write(BufferedImage stored, BufferedImage drawn, PictureDifference difference) throws IOException {
        BufferedImage shown = heat(stored, difference);
        write("-stored", stored);
        write("-drawn", drawn);
        write("-difference", shown);
        return write("", sideBySide(stored, drawn, shown));
    }

    private Path file(String part) {
        return folder.resolve(name + part + ".png");
    }

    private Path write(String part, BufferedImage image) throws IOException {
        Files.createDirectories(folder);
        ImageIO.write(image, "png", file(part).toFile());
        return file(part);
    }

    private static BufferedImage sideBySide(BufferedImage... pictures) {
        int width = pictures[0].getWidth();
        BufferedImage sheet = new BufferedImage(
                pictures.length * (width + GAP) - GAP, pictures[0].getHeight(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = sheet.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
        for (int i = 0; i < pictures.length; i++) {
            graphics.drawImage(pictures[i], i * (width + GAP), 0, null);
        }
        graphics.dispose();
        return sheet;
    }

    /** The stored picture, pale and grey, with red where the eye sees a difference. */
    private static BufferedImage heat(BufferedImage stored, PictureDifference difference) {
        int width = stored.getWidth();
        BufferedImage shown = new BufferedImage(width, stored.getHeight(), BufferedImage.TYPE_INT_RGB);
        float[] map = difference.map();
        for (int y = 0; y < stored.getHeight(); y++) {
            for (int x = 0; x < width; x++) {
                Color pixel = new Color(stored.getRGB(x, y));
                int grey = 128 + (pixel.getRed() + pixel.getGreen() + pixel.getBlue()) / 6;
                double share = Math.min(1, map[y * width + x] / FULL);
                int rest = (int) Math.round(grey * (1 - share));
                shown.setRGB(x, y, new Color((int) Math.round(grey + (255 - grey) * share), rest, rest).getRGB());
            }
        }
        return shown;
    }
}
