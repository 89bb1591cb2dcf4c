package dev.atelier.cli;

import dev.atelier.cli.Failures.UsageException;
import dev.atelier.prompt.Output;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/** Names for finished pictures: never one that exists, unless told so. */
final class OutputFiles {
    private static final int MOST = 100_000;

    private final Path folder;
    private final String stem;
    private final String extension;
    private final Output.Format format;
    private final boolean numbered;
    private final boolean overwrite;
    private int next = 1;

    private OutputFiles(Path folder, String stem, Output.Format format, boolean numbered, boolean overwrite) {
        this.folder = folder;
        this.stem = stem;
        this.extension = "." + format.file().extension();
        this.format = format;
        this.numbered = numbered;
        this.overwrite = overwrite;
    }

    /** {@code file} for one picture; {@code file-1}, {@code file-2}, … for several. */
    static OutputFiles named(Path file, Output.Format format, boolean overwrite) {
        String name = file.getFileName().toString();
        Path folder = file.toAbsolutePath().getParent();
        return new OutputFiles(folder, name.substring(0, name.lastIndexOf('.')), format, false, overwrite);
    }

    /** {@code atelier-0001}, … in {@code folder}, from the first number that is free. */
    static OutputFiles numberedIn(Path folder, Output.Format format) {
        return new OutputFiles(folder, "atelier-", format, true, false);
    }

    /** What is written: files without a mark. */
    Output output() {
        return new Output(format, false);
    }

    /**
     * Checks, before any work is done, that {@code count} pictures can be written.
     *
     * @throws UsageException when a file exists
     */
    void prepare(int count) {
        try {
            Files.createDirectories(folder.toAbsolutePath());
        } catch (FileAlreadyExistsException e) {
            throw new UsageException("--output: " + folder + " is a file, not a folder");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (int i = 0; i < count && !numbered && !overwrite; i++) {
            if (Files.exists(name(i, count))) {
                throw new UsageException(
                        "--output: " + name(i, count) + " exists; choose another name or add --overwrite");
            }
        }
    }

    /** Writes picture {@code index} (from 0) of {@code count}. */
    Path write(byte[] bytes, int index, int count) {
        try {
            if (!numbered) {
                return write(bytes, name(index, count), overwrite);
            }
            for (; next < MOST; next++) {
                Path file = folder.resolve(String.format(Locale.ROOT, "%s%04d%s", stem, next, extension));
                if (!Files.exists(file)) {
                    try {
                        return write(bytes, file, false);
                    } catch (FileAlreadyExistsException e) {
                        // Another process took the number; the next one will do.
                    }
                }
            }
            throw new UsageException(
                    "--output: " + folder.toAbsolutePath() + " has no free name left; choose another folder");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path name(int index, int count) {
        return folder.resolve(count == 1 ? stem + extension : stem + "-" + (index + 1) + extension);
    }

    private static Path write(byte[] bytes, Path file, boolean overwrite) throws IOException {
        OpenOption how = overwrite ? StandardOpenOption.CREATE : StandardOpenOption.CREATE_NEW;
        try {
            return Files.write(file, bytes, how, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }
}
