package dev.atelier.server.worker;

import dev.atelier.engine.image.Picture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Pictures as files without any data of their making. */
final class PlainFiles {
    private PlainFiles() {}

    /** @param format of the JDK's writers: {@code png} keeps the very pixels, {@code jpeg} is small */
    static byte[] of(Picture picture, String format) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(picture.toImage(), format, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
