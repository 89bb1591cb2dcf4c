package dev.atelier.cli;

import dev.atelier.engine.image.Picture;
import dev.atelier.engine.image.codec.PictureException;
import dev.atelier.engine.image.codec.PictureLimits;
import dev.atelier.engine.image.codec.PictureReader;
import dev.atelier.studio.EditSources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Reference pictures and masks by the names of their files. A file that is no picture is named by a {@link Failures.UsageException}. */
final class ReferenceFiles implements EditSources.Reader {
    @Override
    public Picture picture(int index, String name) {
        return read(name, PictureReader::read);
    }

    @Override
    public Picture mask(String name) {
        return read(name, PictureReader::readMask);
    }

    @FunctionalInterface
    private interface Reader {
        Picture read(Path file, PictureLimits limits) throws IOException;
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
