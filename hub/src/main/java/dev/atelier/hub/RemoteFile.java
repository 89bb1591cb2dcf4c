package dev.atelier.hub;

import dev.atelier.hub.HubException.Kind;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * A file as the hub lists it.
 *
 * @param path relative, segments separated by {@code /}; checked by {@link #requireSafe}
 * @param size bytes
 * @param checksum of its contents
 */
record RemoteFile(String path, long size, Checksum checksum) {
    /** Segments that are plain names on every file system, none hidden. */
    private static final Pattern SAFE = Pattern.compile(
            "(?:[\\p{L}\\p{N}_][\\p{L}\\p{N} _.+=@()-]{0,199}/){0,4}[\\p{L}\\p{N}_][\\p{L}\\p{N} _.+=@()-]{0,199}");

    RemoteFile {
        requireSafe(path);
        if (size < 0) {
            throw new HubException(Kind.UNAVAILABLE, path + ": the hub lists a size of " + size + " bytes");
        }
    }

    /**
     * @throws HubException when {@code path} could name anything outside its folder, or a hidden file
     */
    static void requireSafe(String path) {
        if (!isSafe(path)) {
            throw new HubException(
                    Kind.UNAVAILABLE, "the hub lists a file named '" + printable(path) + "', which is not a safe name");
        }
    }

    /** Whether {@code path} tries to leave its folder, which no honest hub lists. */
    static boolean isTraversal(String path) {
        return path.startsWith("/")
                || path.indexOf('\\') >= 0
                || path.indexOf('\0') >= 0
                || ("/" + path + "/").contains("/../")
                || path.matches("(?s)[A-Za-z]:.*");
    }

    static boolean isSafe(String path) {
        return SAFE.matcher(path).matches()
                && !path.contains("..")
                && !path.contains("./")
                && !path.endsWith(".")
                && !path.endsWith(PartFile.SUFFIX);
    }

    /** The place of this file inside {@code folder}. */
    Path in(Path folder) {
        return resolve(folder, path);
    }

    /**
     * @throws HubException when {@code path} leads out of {@code folder}
     */
    static Path resolve(Path folder, String path) {
        try {
            requireSafe(path);
            Path root = folder.toAbsolutePath().normalize();
            Path target = root.resolve(path).normalize();
            if (target.startsWith(root) && !target.equals(root)) {
                return target;
            }
        } catch (InvalidPathException e) {
            throw new HubException(Kind.UNAVAILABLE, "the hub lists an impossible file name: " + printable(path), e);
        }
        throw new HubException(Kind.UNAVAILABLE, "the hub lists a file outside the model: " + printable(path));
    }

    static String printable(String path) {
        String shown = path.length() > 100 ? path.substring(0, 100) + "…" : path;
        return shown.replaceAll("\\p{C}", "?");
    }
}
