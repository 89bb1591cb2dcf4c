package dev.atelier.provenance;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;

/** Files and claims to sign. */
final class Samples {
    static final PictureClaim DRAWN = new PictureClaim(
            new PictureClaim.Software("Atelier", "1.0"),
            new PictureClaim.Software("seedling-1", ""),
            Optional.empty(),
            List.of());

    static final PictureClaim EDITED = new PictureClaim(
            DRAWN.program(),
            DRAWN.model(),
            Optional.of(new PictureClaim.Ingredient("image 1", "image/png")),
            List.of(
                    new PictureClaim.Ingredient("image 2", "image/jpeg"),
                    new PictureClaim.Ingredient("image 3", "image/webp")));

    private Samples() {}

    /** One file of each kind, by the kind's name. */
    static Map<String, byte[]> files() throws IOException {
        Map<String, byte[]> out = new LinkedHashMap<>();
        out.put("PNG", encoded("png"));
        out.put("JPEG", encoded("jpg"));
        out.put("WebP", webp());
        return out;
    }

    private static byte[] encoded(String format) throws IOException {
        BufferedImage image = new BufferedImage(48, 32, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.setPaint(new GradientPaint(0, 0, Color.ORANGE, 48, 32, Color.BLUE));
        g.fillRect(0, 0, 48, 32);
        g.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, format, out);
        return out.toByteArray();
    }

    /** The structure of a WebP; nothing here decodes it. */
    private static byte[] webp() {
        byte[] data = "not pixels, but bytes!".getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(20 + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("RIFF".getBytes(StandardCharsets.US_ASCII))
                .putInt(12 + data.length)
                .put("WEBPVP8L".getBytes(StandardCharsets.US_ASCII))
                .putInt(data.length)
                .put(data)
                .array();
    }
}
