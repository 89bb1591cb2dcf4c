package dev.atelier.engine.image.codec;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** The JDK's own decoders, whatever other plug-ins the class path holds, reading from memory without files on the side. */
final class JdkImageReaders {
    private JdkImageReaders() {}

    private interface Decoding<T> {
        T run(ImageReader reader) throws IOException;
    }

    /** The first image of {@code file}, in the decoder's own layout. */
    static BufferedImage read(PictureFormat format, byte[] file) throws IOException {
        return decode(format, file, reader -> reader.read(0));
    }

    /** The first image of {@code file}, its samples not converted. */
    static Raster readRaster(PictureFormat format, byte[] file) throws IOException {
        return decode(format, file, reader -> reader.readRaster(0, null));
    }

    private static <T> T decode(PictureFormat format, byte[] file, Decoding<T> decoding) throws IOException {
        ImageReader reader = provider(format).createReaderInstance();
        FirstWarning warning = new FirstWarning();
        try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            reader.addIIOReadWarningListener(warning);
            reader.setInput(in, false, false);
            T image = decoding.run(reader);
            if (warning.text != null) {
                throw PictureException.broken(format, "damaged data (" + warning.text + ")");
            }
            return image;
        } finally {
            reader.dispose();
        }
    }

    /** The registry is not made for several threads. */
    private static synchronized ImageReaderSpi provider(PictureFormat format) {
        Iterator<ImageReaderSpi> own = IIORegistry.getDefaultInstance()
                .getServiceProviders(
                        ImageReaderSpi.class,
                        spi -> spi.getClass().getModule() == ImageIO.class.getModule()
                                && Arrays.asList(((ImageReaderSpi) spi).getMIMETypes())
                                        .contains(format.mediaType()),
                        false);
        if (!own.hasNext()) {
            throw PictureException.unsupported(format, "this Java runtime lacks its decoder");
        }
        return own.next();
    }

    /** Decoders continue past damage and only warn; stray bytes between markers are harmless. */
    private static final class FirstWarning implements IIOReadWarningListener {
        private String text;

        @Override
        public void warningOccurred(ImageReader source, String warning) {
            if (text == null && !warning.contains("extraneous bytes")) {
                text = warning;
            }
        }
    }
}
