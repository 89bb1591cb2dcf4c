package dev.atelier.cli;

import dev.atelier.engine.image.Picture;
import dev.atelier.engine.image.codec.PictureException;
import dev.atelier.engine.image.codec.PictureLimits;
import dev.atelier.engine.image.codec.PictureReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Reads reference pictures. */
final class ReferenceFiles {
    private ReferenceFiles() {}

    @FunctionalInterface
    private interface Reader {
        Picture read(Path file, PictureLimits limits) throws IOException;
    }

    /** @throws Failures.UsageException naming the file that is no picture */
    static Picture picture(String file) {
        return read(file, PictureReader::read);
    }

    /** @throws Failures.UsageException naming the file that is no picture */
    static Picture mask(String file) {
        return read(file, PictureReader::readMask);
    }

    private static Picture read(String file, Reader reader) {
        try {
            return reader.read(Path.of(file), PictureLimits.DEFAULT);
        } catch (PictureException e) {
            throw new Failures.UsageException(file + ": " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
