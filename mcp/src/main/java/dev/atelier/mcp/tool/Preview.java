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
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
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

    /** Large pictures take hundreds of megabytes while they are read: one at a time in this process. */
    private static final Semaphore READING = new Semaphore(1, true);

    /**
     * @param files 1 to 15 pictures in any format that is read, each fetched when it is its turn
     * @throws IllegalArgumentException when one cannot be read
     */
    static byte[] of(List<Supplier<byte[]>> files) {
        int columns = (int) Math.ceil(Math.sqrt(files.size()));
        int cell = (SIDE - GAP * (columns - 1)) / columns;
        List<BufferedImage> pictures =
                files.stream().map(file -> small(file, cell)).toList();
        BufferedImage sheet = pictures.size() == 1 ? pictures.getFirst() : contactSheet(pictures, columns, cell);
        for (float quality : QUALITIES) {
            byte[] jpeg = jpeg(sheet, quality);
            if (jpeg.length <= MOST_BYTES) {
                return jpeg;
            }
        }
        return jpeg(within(Picture.of(sheet), SIDE / 2), QUALITIES[QUALITIES.length - 1]);
    }

    private static BufferedImage small(Supplier<byte[]> file, int side) {
        READING.acquireUninterruptibly();
        try {
            return within(PictureReader.read(file.get(), PictureLimits.DEFAULT), side);
        } catch (PictureException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        } finally {
            READING.release();
        }
    }

    private static BufferedImage contactSheet(List<BufferedImage> pictures, int columns, int cell) {
        int rows = (pictures.size() + columns - 1) / columns;
        int width = columns * cell + GAP * (columns - 1);
        int height = rows * cell + GAP * (rows - 1);
        BufferedImage sheet = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = sheet.createGraphics();
        try {
            pen.setColor(Color.WHITE);
            pen.fillRect(0, 0, width, height);
            for (int i = 0; i < pictures.size(); i++) {
                BufferedImage small = pictures.get(i);
                int x = i % columns * (cell + GAP) + (cell - small.getWidth()) / 2;
                int y = i / columns * (cell + GAP) + (cell - small.getHeight()) / 2;
                pen.drawImage(small, x, y, null);
            }
        } finally {
            pen.dispose();
        }
        return sheet;
    }

    private static BufferedImage within(Picture picture, int side) {
        double scale = Math.min(1, (double) side / Math.max(picture.width(), picture.height()));
        return PictureResizer.resize(picture, Math.max(1, (int) Math.round(picture.width() * scale)), Math.max(1, (int)
                        Math.round(picture.height() * scale)))
                .toImage();
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
