package dev.atelier.hub;

import dev.atelier.hub.HubException.Kind;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLockInterruptionException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** One puller a model folder, across processes: a lock on a file beside the folder, let go when the process ends. */
record FolderLock(FileChannel channel) implements AutoCloseable {
    /**
     * Waits while another process holds the lock.
     *
     * @throws HubException when this process holds it already
     */
    static FolderLock acquire(Path folder, PullListener listener) throws InterruptedException {
        Path file = folder.resolveSibling("." + folder.getFileName() + ".lock");
        FileChannel channel = null;
        try {
            Files.createDirectories(folder.getParent());
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                listener.onWaiting(folder);
                channel.lock();
            }
            return new FolderLock(channel);
        } catch (OverlappingFileLockException e) {
            closeQuietly(channel);
            throw new HubException(Kind.BUSY, folder + " is being pulled by this process already", e);
        } catch (ClosedByInterruptException | FileLockInterruptionException e) {
            closeQuietly(channel);
            throw new InterruptedException("waiting for the lock of " + folder);
        } catch (IOException e) {
            closeQuietly(channel);
            throw Disk.failure(file, e);
        }
    }

    @Override
    public void close() {
        closeQuietly(channel);
    }

    private static void closeQuietly(FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // The lock goes with the process in any case.
        }
    }
}
