package dev.atelier.training.dataset;

import dev.atelier.engine.image.codec.PictureFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The folder that a dataset lies in: names in it never lead out of it. */
final class DatasetFolder {
    private static final Set<String> EXTENSIONS =
            Set.of("png", "jpg", "jpeg", "jpe", "jfif", "webp", "bmp", "dib", "tif", "tiff", "gif");

    /** What pictures in formats that are not read are called. */
    private static final Set<String> FOREIGN = Set.of(
            "heic", "heif", "avif", "jxl", "jp2", "j2k", "jpx", "jxr", "svg", "psd", "ico", "tga", "exr", "hdr", "qoi",
            "ppm", "pgm", "dds", "xcf", "cr2", "cr3", "nef", "arw", "dng", "orf", "rw2", "raf", "pef", "srw", "mp4",
            "mov", "webm");

    private static final int HEAD_BYTES = 4096;

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
            Path file = inside(name);
            requireReadable(file);
            return PictureSource.file(name, file);
        } catch (IOException e) {
            throw SkippedException.of(e);
        }
    }

    /** As {@link #picture}, with the name in what is thrown. */
    PictureSource listed(String name) throws SkippedException {
        try {
            return picture(name);
        } catch (SkippedException e) {
            throw new SkippedException(e.reason(), e.getMessage().isEmpty() ? name : name + ": " + e.getMessage());
        }
    }

    List<PictureSource> listed(List<String> names) throws SkippedException {
        List<PictureSource> out = new ArrayList<>();
        for (String name : names) {
            out.add(listed(name));
        }
        return out;
    }

    private Path inside(String name) throws SkippedException, IOException {
        Path relative;
        try {
            relative = Path.of(name);
        } catch (InvalidPathException e) {
            throw new SkippedException(SkipReason.BAD_ENTRY, "no valid path");
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

    /** Whether {@code name} ends like a picture's, be it of a format that is read or not. */
    static boolean isPicture(String name) {
        return EXTENSIONS.contains(extension(name)) || isForeign(name);
    }

    /** Whether {@code name} ends like that of a picture in a format that is not read. */
    static boolean isForeign(String name) {
        return FOREIGN.contains(extension(name));
    }

    /**
     * The content decides: phones give JPEG files names that end in .heic.
     *
     * @param head the first bytes of a file whose name {@link #isForeign}
     * @throws SkippedException naming the format
     */
    static void requireReadable(String name, byte[] head) throws SkippedException {
        if (PictureFormat.sniff(head).isEmpty()) {
            throw new SkippedException(
                    SkipReason.NOT_A_PICTURE,
                    PictureFormat.foreign(head).orElse(extension(name).toUpperCase(Locale.ROOT) + " is not supported"));
        }
    }

    static void requireReadable(Path file) throws SkippedException {
        if (isForeign(file.toString())) {
            try (InputStream in = Files.newInputStream(file)) {
                requireReadable(file.toString(), in.readNBytes(HEAD_BYTES));
            } catch (IOException e) {
                throw SkippedException.of(e);
            }
        }
    }

    static String extension(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }
}
