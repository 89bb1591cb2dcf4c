package dev.atelier.engine.image.codec;

import com.luciad.imageio.webp.CompressionType;
import com.luciad.imageio.webp.WebPImageReaderSpi;
import com.luciad.imageio.webp.WebPImageWriterSpi;
import com.luciad.imageio.webp.WebPReadParam;
import com.luciad.imageio.webp.WebPWriteParam;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.Reference;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.IIOImage;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** The native library (libwebp) behind WebP files. */
final class WebpCodec {
    private static final String FOLDER_PROPERTY = "com.luciad.imageio.webp.tmpdir";

    static {
        // The binding unpacks its library there, after a walk over the whole folder in search of leftovers.
        if (System.getProperty(FOLDER_PROPERTY) == null) {
            try {
                Path folder = Files.createTempDirectory("atelier-webp");
                folder.toFile().deleteOnExit();
                System.setProperty(FOLDER_PROPERTY, folder.toString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private WebpCodec() {}

    static BufferedImage decode(byte[] file) throws IOException {
        ImageReader reader = new WebPImageReaderSpi().createReaderInstance(null);
        try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            reader.setInput(in);
            WebPReadParam param = new WebPReadParam();
            try {
                return reader.read(0, param);
            } finally {
                // Its cleaner frees the native options that the call above works with.
                Reference.reachabilityFence(param);
            }
        } finally {
            reader.dispose();
        }
    }

    /** @param quality 0 to 1 for lossy; 1 writes lossless */
    static byte[] encode(BufferedImage image, float quality) throws IOException {
        ImageWriter writer = new WebPImageWriterSpi().createWriterInstance(null);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (var stream = new MemoryCacheImageOutputStream(out)) {
            writer.setOutput(stream);
            WebPWriteParam param = new WebPWriteParam(null);
            boolean lossless = quality >= 1;
            param.setCompressionType(lossless ? CompressionType.Lossless : CompressionType.Lossy);
            param.setCompressionQuality(lossless ? 0.5f : quality);
            try {
                writer.write(null, new IIOImage(image, null, null), param);
            } finally {
                Reference.reachabilityFence(param);
            }
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }
}
