package dev.atelier.engine.weights;

import dev.atelier.engine.tensor.EngineException;
import dev.atelier.reason.ForeignContent;
import dev.atelier.reason.Reasons;
import java.io.IOException;
import java.io.InputStream;
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
        if (Files.isDirectory(file)) {
            throw new EngineException(file + " is a folder, not " + expected);
        }
        try (InputStream in = Files.newInputStream(file)) {
            ForeignContent.of(in.readNBytes(ForeignContent.HEAD_BYTES), expected)
                    .ifPresent(kind -> {
                        throw new EngineException(file + " is " + kind);
                    });
        } catch (IOException e) {
            throw new EngineException(file + ": cannot be read: " + Reasons.of(e), e);
        }
    }
}
