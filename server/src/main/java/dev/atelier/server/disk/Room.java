package dev.atelier.server.disk;

import java.io.IOException;
import java.nio.file.Path;

/** How much a file system can still take. */
@FunctionalInterface
public interface Room {
    /** Bytes that this process may still write beside {@code folder}. */
    long left(Path folder) throws IOException;
}
