package dev.atelier.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The data folder of a service that an agent started: {@code mcp} in Atelier's home, {@code mcp-2} for a second agent at the same time, and so
 * on. Its database is one process's only.
 */
final class AgentFolder implements AutoCloseable {
    private static final int MOST = 32;

    private final Path path;
    private final FileChannel lock;

    private AgentFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /** @throws IOException when none can be made, or all are in use */
    static AgentFolder lease(Path home) throws IOException {
        for (int number = 1; number <= MOST; number++) {
            Path path = Files.createDirectories(home.resolve(number == 1 ? "mcp" : "mcp-" + number));
            FileChannel lock =
                    FileChannel.open(path.resolve("in-use"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (takes(lock)) {
                return new AgentFolder(path, lock);
            }
            lock.close();
        }
        throw new IOException(
                MOST + " agents use " + home.resolve("mcp") + " and its like; --data names another folder");
    }

    private static boolean takes(FileChannel lock) throws IOException {
        try {
            return lock.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
