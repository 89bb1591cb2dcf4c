package dev.atelier.engine.weights;

import dev.atelier.engine.tensor.EngineException;
import dev.atelier.reason.ForeignContent;
import dev.atelier.reason.Reasons;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Refuses files whose first bytes say that they are not what should be there. */
public final class ForeignFiles {
    private ForeignFiles() {}

    /**
     * @param expected what the file should be, such as {@code "the weights"}
     * @throws EngineException saying what the file is instead, or why it cannot be read
     */
    public static void refuse(Path file, String expected) {
        refuse(file, expected, null);
    }

    /** As {@link #refuse(Path, String)}, except that a file that begins with {@code magic} passes. @param magic null: none does */
    static void refuse(Path file, String expected, String magic) {
        if (Files.isDirectory(file)) {
            throw new EngineException(file + " is a folder, not " + expected);
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] head = in.readNBytes(ForeignContent.HEAD_BYTES);
            if (magic != null && new String(head, StandardCharsets.ISO_8859_1).startsWith(magic)) {
                return;
            }
            ForeignContent.of(head, expected).ifPresent(kind -> {
                throw new EngineException(file + " is " + kind);
            });
        } catch (IOException e) {
            throw new EngineException(file + ": cannot be read: " + Reasons.of(e), e);
        }
    }
}
