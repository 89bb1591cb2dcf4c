package dev.atelier.server.media;

import dev.atelier.engine.image.PictureFormat;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** Masks as OpenAI's clients send them: a PNG that is transparent where the picture may change. */
final class AlphaMask {
    private AlphaMask() {}

    /**
     * @param file that {@link Pictures#read} has accepted
     * @return a PNG that is white where {@code file} is transparent and black where it is opaque; {@code file} itself when nothing in it
     *     is transparent, or when it is no PNG
     * @throws IOException when the pixels cannot be read
     */
    static byte[] whiteWhereTransparent(byte[] file) throws IOException {
        if (PictureFormat.sniff(file)
                .filter(format -> format == PictureFormat.PNG)
                .isEmpty()) {
            return file;
        }
        BufferedImage image = decode(file);
        if (!image.getColorModel().hasAlpha()) {
            return file;
        }
        int width = image.getWidth();
        BufferedImage mask = new BufferedImage(width, image.getHeight(), BufferedImage.TYPE_BYTE_GRAY);
        boolean transparent = false;
        int[] row = new int[width];
        for (int y = 0; y < image.getHeight(); y++) {
            image.getRGB(0, y, width, 1, row, 0, width);
            for (int x = 0; x < width; x++) {
                row[x] = 255 - (row[x] >>> 24);
                transparent |= row[x] != 0;
            }
            mask.getRaster().setPixels(0, y, width, 1, row);
        }
        return transparent ? png(mask) : file;
    }

    /** Metadata are left aside: their chunks may unpack to anything. */
    private static BufferedImage decode(byte[] file) throws IOException {
        ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(file))) {
            reader.setInput(in, true, true);
            return reader.read(0);
        } catch (RuntimeException e) {
            throw new IOException("PNG: the pixels cannot be decoded", e);
        } finally {
            reader.dispose();
        }
    }

    private static byte[] png(BufferedImage mask) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(mask, "png", out);
        return out.toByteArray();
    }
}
