package dev.atelier.server.disk;

import dev.atelier.server.error.ApiException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the room on the disk. While there is little, nothing new is taken in, so that what is there can be read, finished and
 * ended; when there is none, a reserve is given up, which lets the embedded database write a little longer. Both come back by
 * themselves when there is room again.
 */
public final class DiskSpace implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DiskSpace.class);
    private static final Duration RETRY = Duration.ofSeconds(10);
    private static final long LAST_BYTES = 1 << 20;
    private static final int BLOCK = 1 << 20;

    private final List<Path> folders;
    private final Room room;
    private final DiskSettings settings;
    private final Path reserve;
    private final ScheduledExecutorService timer;
    private boolean low;

    /** @param folders that must have room, made when they are missing; the reserve lies in the first. Empty: nothing is watched. */
    DiskSpace(List<Path> folders, Room room, DiskSettings settings) {
        this.folders = List.copyOf(folders);
        this.room = room;
        this.settings = settings;
        reserve = folders.isEmpty() ? null : folders.getFirst().resolve("reserve");
        timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("disk-space").daemon().factory());
        if (!folders.isEmpty()) {
            make(folders);
            low = left() < settings.least().toBytes();
            if (!low) {
                restore();
            }
            look();
            timer.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
        }
    }

    /** @throws ApiException 507 while there is too little room to take anything in */
    public void require() {
        if (isLow()) {
            throw full();
        }
    }

    /** What a caller is told when something could not be written. */
    public static ApiException full() {
        return ApiException.insufficientStorage(
                "the service's disk is full; it takes nothing in until there is room again", RETRY);
    }

    /** Whether there is too little room, as of now. */
    public boolean isLow() {
        return !folders.isEmpty() && look();
    }

    /** Looks at the disk, and gives up or restores the reserve. */
    synchronized boolean look() {
        long left = left();
        boolean was = low;
        if (left < LAST_BYTES) {
            giveUp();
        }
        // The reserve takes its own size away again, which must not make the room too small at once.
        long needed = settings.least().toBytes()
                + (was && !Files.exists(reserve) ? settings.reserve().toBytes() : 0);
        low = left < needed;
        if (low && !was) {
            log.warn(
                    "the disk is full but for {} bytes: submissions and uploads are refused until there are {}",
                    left,
                    needed);
        } else if (was && !low) {
            restore();
            log.info("there is room on the disk again: submissions and uploads are taken");
        }
        return low;
    }

    private long left() {
        long least = Long.MAX_VALUE;
        for (Path folder : folders) {
            try {
                least = Math.min(least, room.left(folder));
            } catch (IOException e) {
                log.warn("the room on the disk of {} cannot be told: {}", folder, e.getMessage());
            }
        }
        return least;
    }

    private void giveUp() {
        try {
            if (Files.deleteIfExists(reserve)) {
                log.warn(
                        "the disk is full: the reserve of {} bytes is given up",
                        settings.reserve().toBytes());
            }
        } catch (IOException e) {
            log.warn("the reserve on the disk cannot be given up: {}", e.getMessage());
        }
    }

    /** Random bytes, which no file system stores smaller than they are. */
    private void restore() {
        long size = settings.reserve().toBytes();
        try {
            if (Files.exists(reserve) && Files.size(reserve) == size) {
                return;
            }
            try (FileChannel file = FileChannel.open(
                    reserve,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.TRUNCATE_EXISTING)) {
                byte[] block = new byte[BLOCK];
                new SplittableRandom(size).nextBytes(block);
                for (long written = 0; written < size; ) {
                    written += file.write(ByteBuffer.wrap(block, 0, (int) Math.min(BLOCK, size - written)));
                }
            }
        } catch (IOException e) {
            log.warn("there is no room for a reserve on the disk: {}", e.getMessage());
            giveUp();
        }
    }

    private static void make(List<Path> folders) {
        try {
            for (Path folder : folders) {
                Files.createDirectories(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        timer.shutdown();
    }
}
