package dev.atelier.hub;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * What a file's contents must hash to: the SHA-256 of a large file, or the name that git gives a small one (SHA-1 of
 * {@code "blob SIZE\0"} and the contents).
 *
 * @param hex lower-case hexadecimal
 */
record Checksum(Kind kind, String hex) {
    static final Checksum NONE = new Checksum(Kind.NONE, "");

    private static final int BUFFER = 1 << 20;

    /** How the digest is made. */
    enum Kind {
        SHA256("SHA-256", Pattern.compile("[0-9a-f]{64}")),
        GIT_BLOB("SHA-1", Pattern.compile("[0-9a-f]{40}")),
        /** The hub gives none: the size alone decides. */
        NONE("SHA-1", Pattern.compile(""));

        private final String algorithm;
        private final Pattern form;

        Kind(String algorithm, Pattern form) {
            this.algorithm = algorithm;
            this.form = form;
        }
    }

    Checksum {
        if (!kind.form.matcher(hex).matches()) {
            throw new IllegalArgumentException(kind + " checksum '" + hex + "' does not match " + kind.form);
        }
    }

    /** A digest for contents of {@code size} bytes. */
    MessageDigest start(long size) {
        try {
            MessageDigest digest = MessageDigest.getInstance(kind.algorithm);
            if (kind == Kind.GIT_BLOB) {
                digest.update(("blob " + size + "\0").getBytes(StandardCharsets.US_ASCII));
            }
            return digest;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + kind.algorithm, e);
        }
    }

    boolean matches(MessageDigest digest) {
        return kind == Kind.NONE || HexFormat.of().formatHex(digest.digest()).equals(hex);
    }

    /** Whether {@code file} has exactly {@code size} bytes with this checksum. */
    boolean matches(Path file, long size) throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) != size) {
            return false;
        }
        MessageDigest digest = start(size);
        update(digest, file);
        return matches(digest);
    }

    static void update(MessageDigest digest, Path file) throws IOException {
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        }
    }
}
