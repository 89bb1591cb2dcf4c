package dev.atelier.training.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/** The folder that a dataset lies in: names in it never lead out of it. */
final class DatasetFolder {
    private static final Set<String> EXTENSIONS = Set.of("png", "jpg", "jpeg", "webp", "bmp", "tif", "tiff", "gif");

    private final Path root;

    DatasetFolder(Path root) throws IOException {
        this.root = root.toRealPath();
    }

    Path root() {
        return root;
    }

    /**
     * The picture called {@code name}, a path relative to this folder.
     *
     * @throws SkippedException when it is missing, no file, or lies elsewhere, be it by "..", as an absolute path or by a link
     */
    PictureSource picture(String name) throws SkippedException {
        try {
            return PictureSource.file(name, inside(name));
        } catch (IOException e) {
            throw SkippedException.of(e);
        }
    }

    private Path inside(String name) throws SkippedException, IOException {
        Path relative;
        try {
            relative = Path.of(name);
        } catch (InvalidPathException e) {
            throw new SkippedException(SkipReason.BAD_ENTRY, "no valid path: " + e.getReason());
        }
        Path named = root.resolve(relative).normalize();
        if (relative.isAbsolute() || !named.startsWith(root)) {
            throw new SkippedException(SkipReason.OUTSIDE, "paths are relative to the dataset's folder");
        }
        Path real = named.toRealPath();
        if (!real.startsWith(root)) {
            throw new SkippedException(SkipReason.OUTSIDE, "a link leads out of the dataset's folder");
        }
        if (!Files.isRegularFile(real)) {
            throw new SkippedException(SkipReason.UNREADABLE, "not a file");
        }
        return real;
    }

    /** Whether {@code name} ends like a picture's. */
    static boolean isPicture(String name) {
        return EXTENSIONS.contains(extension(name));
    }

    static String extension(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }
}
