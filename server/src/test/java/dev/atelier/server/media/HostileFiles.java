package dev.atelier.server.media;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import javax.imageio.ImageIO;

/** Files that a picture service must refuse without harm, by what is wrong with them; and plain ones beside them. */
public final class HostileFiles {
    private HostileFiles() {}

    /** A plain picture in one colour. */
    public static byte[] picture(String format, int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, 0x336699);
            }
        }
        return encoded(format, image);
    }

    public static byte[] encoded(String format, BufferedImage image) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, format, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    public static Map<String, byte[]> all() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("nothing", new byte[0]);
        files.put("one byte", new byte[1]);
        files.put("text", "this is no picture, but long enough to be taken for one".getBytes(UTF_8));
        files.put("page", "<html><script>alert(1)</script></html>".getBytes(UTF_8));
        files.put("vector", "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>".getBytes(UTF_8));
        files.put("program", "\u007fELF\u0002\u0001\u0001".getBytes(ISO_8859_1));
        files.put("archive", "PK\u0003\u0004\u0014\u0000".getBytes(ISO_8859_1));
        files.put("png of 100,000 x 100,000", png(100_000, 100_000, new byte[100]));
        files.put("png of 2^31-1 x 2^31-1", png(Integer.MAX_VALUE, Integer.MAX_VALUE, new byte[100]));
        files.put("png of no width", png(0, 10, new byte[100]));
        files.put("png of negative height", png(10, -10, new byte[100]));
        files.put("png with too few pixels", png(2000, 2000, new byte[100]));
        files.put("png cut short", cut(picture("png", 64, 64), 60));
        files.put("jpeg cut short", cut(picture("jpg", 64, 64), 100));
        files.put("jpeg of 65,535 x 65,535", jpegOf65535());
        files.put("gif of 65,535 x 65,535", gif(65_535, 65_535));
        files.put("bmp of 100,000 x 100,000", bmp(100_000, 100_000));
        files.put("bmp of negative width", bmp(-5, 5));
        files.put("webp of nothing", "RIFF\u0004\u0000\u0000\u0000WEBP".getBytes(ISO_8859_1));
        files.put("tiff that points to itself", "II*\u0000\u0000\u0000\u0000\u0000".getBytes(ISO_8859_1));
        files.put("tiff with 65,535 entries", "MM\u0000*\u0000\u0000\u0000\u0008\u00ff\u00ff".getBytes(ISO_8859_1));
        return files;
    }

    /** A PNG that is a page as well: valid picture, markup in a text chunk and behind the end. */
    public static byte[] polyglot() {
        byte[] plain = picture("png", 16, 16);
        byte[] page = "<script>alert(1)</script>".getBytes(UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(Arrays.copyOf(plain, 33));
        out.writeBytes(chunk("tEXt", concat("Comment\0".getBytes(ISO_8859_1), page)));
        out.writeBytes(Arrays.copyOfRange(plain, 33, plain.length));
        out.writeBytes(page);
        return out.toByteArray();
    }

    /** A PNG of 16 x 16 pixels whose data unpack to 200 MB: readable by a decoder that stops when it has the pixels. */
    public static byte[] overlong() {
        return png(16, 16, new byte[200_000_000]);
    }

    private static byte[] png(int width, int height, byte[] pixels) {
        ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
        header.put(new byte[] {8, 2, 0, 0, 0});
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("\u0089PNG\r\n\u001a\n".getBytes(ISO_8859_1));
        out.writeBytes(chunk("IHDR", header.array()));
        out.writeBytes(chunk("IDAT", deflated(pixels)));
        out.writeBytes(chunk("IEND", new byte[0]));
        return out.toByteArray();
    }

    private static byte[] chunk(String type, byte[] data) {
        byte[] body = concat(type.getBytes(ISO_8859_1), data);
        CRC32 crc = new CRC32();
        crc.update(body);
        return ByteBuffer.allocate(body.length + 8)
                .putInt(data.length)
                .put(body)
                .putInt((int) crc.getValue())
                .array();
    }

    private static byte[] deflated(byte[] bytes) {
        try (Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION)) {
            deflater.setInput(bytes);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] buffer = new byte[8192];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return out.toByteArray();
        }
    }

    private static byte[] jpegOf65535() {
        byte[] file = picture("jpg", 16, 16);
        for (int i = 0; i < file.length - 9; i++) {
            if ((file[i] & 0xff) == 0xff && (file[i + 1] & 0xff) == 0xc0) {
                ByteBuffer.wrap(file).putShort(i + 5, (short) 0xffff).putShort(i + 7, (short) 0xffff);
                return file;
            }
        }
        throw new IllegalStateException("the JPEG has no frame header");
    }

    private static byte[] gif(int width, int height) {
        return ByteBuffer.allocate(32)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("GIF89a".getBytes(ISO_8859_1))
                .putShort((short) width)
                .putShort((short) height)
                .put(new byte[] {0, 0, 0, 0x2c, 0, 0, 0, 0})
                .putShort((short) width)
                .putShort((short) height)
                .put(new byte[] {0, 2, 1, 0, 0, 0x3b})
                .array();
    }

    private static byte[] bmp(int width, int height) {
        return ByteBuffer.allocate(60)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("BM".getBytes(ISO_8859_1))
                .putInt(60)
                .putInt(0)
                .putInt(54)
                .putInt(40)
                .putInt(width)
                .putInt(height)
                .putShort((short) 1)
                .putShort((short) 24)
                .array();
    }

    private static byte[] cut(byte[] file, int length) {
        return Arrays.copyOf(file, length);
    }

    private static byte[] concat(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length)
                .put(first)
                .put(second)
                .array();
    }
}
