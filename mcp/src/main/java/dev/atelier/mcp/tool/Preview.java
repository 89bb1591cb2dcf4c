package dev.atelier.mcp.tool;

import dev.atelier.engine.image.Picture;
import dev.atelier.engine.image.PictureResizer;
import dev.atelier.engine.image.codec.PictureException;
import dev.atelier.engine.image.codec.PictureLimits;
import dev.atelier.engine.image.codec.PictureReader;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/**
 * One small JPEG for a language model to look at: a picture, or a contact sheet of several in reading order. At most {@value #SIDE} pixels a
 * side and {@value #MOST_BYTES} bytes: conversations keep every picture that they were shown.
 */
final class Preview {
    static final int SIDE = 512;
    static final int MOST_BYTES = 150_000;

    private static final int GAP = 4;
    private static final float[] QUALITIES = {0.85f, 0.7f, 0.5f, 0.3f};

    private Preview() {}

    /**
     * @param files 1 to 15 pictures in any format that is read
     * @throws IllegalArgumentException when one cannot be read
     */
    static byte[] of(List<byte[]> files) {
        List<Picture> pictures = files.stream().map(Preview::read).toList();
        BufferedImage sheet =
                pictures.size() == 1 ? within(pictures.getFirst(), SIDE, SIDE).toImage() : contactSheet(pictures);
        for (float quality : QUALITIES) {
            byte[] jpeg = jpeg(sheet, quality);
            if (jpeg.length <= MOST_BYTES) {
                return jpeg;
            }
        }
        Picture half = Picture.of(sheet);
        return jpeg(within(half, SIDE / 2, SIDE / 2).toImage(), QUALITIES[QUALITIES.length - 1]);
    }

    private static Picture read(byte[] file) {
        try {
            return PictureReader.read(file, PictureLimits.DEFAULT);
        } catch (PictureException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static BufferedImage contactSheet(List<Picture> pictures) {
        int columns = (int) Math.ceil(Math.sqrt(pictures.size()));
        int rows = (pictures.size() + columns - 1) / columns;
        int cell = (SIDE - GAP * (columns - 1)) / columns;
        int width = columns * cell + GAP * (columns - 1);
        int height = rows * cell + GAP * (rows - 1);
        BufferedImage sheet = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = sheet.createGraphics();
        try {
            pen.setColor(Color.WHITE);
            pen.fillRect(0, 0, width, height);
            for (int i = 0; i < pictures.size(); i++) {
                BufferedImage small = within(pictures.get(i), cell, cell).toImage();
                int x = i % columns * (cell + GAP) + (cell - small.getWidth()) / 2;
                int y = i / columns * (cell + GAP) + (cell - small.getHeight()) / 2;
                pen.drawImage(small, x, y, null);
            }
        } finally {
            pen.dispose();
        }
        return sheet;
    }

    private static Picture within(Picture picture, int width, int height) {
        double scale = Math.min(1, Math.min((double) width / picture.width(), (double) height / picture.height()));
        return PictureResizer.resize(picture, Math.max(1, (int) Math.round(picture.width() * scale)), Math.max(1, (int)
                Math.round(picture.height() * scale)));
    }

    private static byte[] jpeg(BufferedImage image, float quality) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality(quality);
            writer.setOutput(stream);
            writer.write(null, new IIOImage(image, null, null), parameters);
        } catch (IOException e) {
            throw new UncheckedIOException("encoding a JPEG in memory failed", e);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }
}
