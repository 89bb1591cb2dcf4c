package dev.atelier.cli;

import dev.atelier.engine.image.Picture;
import dev.atelier.engine.image.codec.PictureException;
import dev.atelier.engine.image.codec.PictureLimits;
import dev.atelier.engine.image.codec.PictureReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads reference pictures. */
final class References {
    private References() {}

    /** @throws Failures.UsageException naming the file that is no picture */
    static List<Picture> read(List<Path> files) {
        List<Picture> pictures = new ArrayList<>();
        for (Path file : files) {
            pictures.add(read(file, PictureReader::read));
        }
        return pictures;
    }

    /** @throws Failures.UsageException naming the file that is no picture */
    static Picture readMask(Path file) {
        return read(file, PictureReader::readMask);
    }

    @FunctionalInterface
    private interface Reader {
        Picture read(Path file, PictureLimits limits) throws IOException;
    }

    private static Picture read(Path file, Reader reader) {
        try {
            return reader.read(file, PictureLimits.DEFAULT);
        } catch (PictureException e) {
            throw new Failures.UsageException(file + ": " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
