package dev.atelier.server.media;

import dev.atelier.engine.image.Picture;
import dev.atelier.engine.image.codec.PictureException;
import dev.atelier.engine.image.codec.PictureFormat;
import dev.atelier.engine.image.codec.PictureLimits;
import dev.atelier.engine.image.codec.PictureReader;
import dev.atelier.server.error.ApiException;
import java.util.concurrent.Semaphore;
import java.util.function.BiFunction;
import org.springframework.stereotype.Component;

/** Decodes callers' files within bounds, few at a time: a picture of 36 megapixels takes some 250 MB while it is read. */
@Component
class Pictures {
    private static final int AT_ONCE = 2;

    private final PictureLimits limits;
    private final Semaphore decoding = new Semaphore(AT_ONCE, true);

    Pictures(MediaSettings settings) {
        limits = new PictureLimits(settings.maxFile().toBytes(), settings.maxPixels(), PictureLimits.DEFAULT.maxSide());
    }

    int maxBytes() {
        return Math.toIntExact(limits.maxBytes());
    }

    /** @throws ApiException naming {@code field}: 413 when it is too large, 422 when it is no picture that can be read */
    Picture read(String field, byte[] file) {
        return read(field, file, PictureReader::read);
    }

    /** As {@link #read(String, byte[])}, of a mask ({@link PictureReader#readMask}). */
    Picture readMask(String field, byte[] file) {
        return read(field, file, PictureReader::readMask);
    }

    private Picture read(String field, byte[] file, BiFunction<byte[], PictureLimits, Picture> reader) {
        decoding.acquireUninterruptibly();
        try {
            return reader.apply(file, limits);
        } catch (PictureException e) {
            throw e.kind() == PictureException.Kind.TOO_LARGE
                    ? ApiException.tooLarge(field, e.getMessage())
                    : ApiException.unreadable(field, e.getMessage());
        } finally {
            decoding.release();
        }
    }

    /** The type of a file that {@link #read} has accepted. */
    static String contentType(byte[] file) {
        return PictureFormat.sniff(file).map(PictureFormat::mediaType).orElseThrow();
    }
}
