package dev.atelier.training.dataset;

import dev.atelier.engine.image.Picture;
import dev.atelier.engine.image.codec.PictureException;
import dev.atelier.engine.image.codec.PictureLimits;
import dev.atelier.engine.image.codec.PictureReader;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Where the bytes of a picture lie: a whole file, or a part of an archive.
 *
 * @param name within the dataset, to show
 * @param stamp changes when the bytes do, as far as size and time of change tell
 */
public record PictureSource(String name, Path file, long offset, long length, String stamp) {
    /** What users' pictures may be: 64 MiB, 100 megapixels. */
    private static final PictureLimits LIMITS = new PictureLimits(64L << 20, 100_000_000, 32_768);

    static PictureSource file(String name, Path file) throws IOException {
        long length = Files.size(file);
        return new PictureSource(name, file, 0, length, stamp(file, length));
    }

    /** @param offset of the first byte within {@code archive} */
    static PictureSource part(String name, Path archive, long offset, long length) throws IOException {
        return new PictureSource(name, archive, offset, length, stamp(archive, Files.size(archive)));
    }

    private static String stamp(Path file, long length) throws IOException {
        return length + " " + Files.getLastModifiedTime(file).toMillis();
    }

    /**
     * Decodes the picture; it is held against the limits before.
     *
     * @throws SkippedException naming what is wrong with it
     */
    public Picture read() throws SkippedException {
        if (length > LIMITS.maxBytes()) {
            throw new SkippedException(
                    SkipReason.TOO_LARGE, length + " bytes; at most " + LIMITS.maxBytes() + " are read");
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer bytes = ByteBuffer.allocate((int) length);
            while (bytes.hasRemaining()) {
                if (channel.read(bytes, offset + bytes.position()) < 0) {
                    throw new EOFException("it ends " + bytes.remaining() + " bytes too early");
                }
            }
            return PictureReader.read(bytes.array(), LIMITS);
        } catch (PictureException e) {
            throw SkippedException.of(e);
        } catch (IOException e) {
            throw SkippedException.of(e);
        }
    }
}
