package dev.atelier.hub;

import dev.atelier.hub.HubException.Kind;
import dev.atelier.reason.Reasons;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/** The disk that models are written to; a test puts a full one in its place. */
interface Disk {
    Disk SYSTEM = new Disk() {};

    /** Bytes that may still be written under {@code folder}, which exists. */
    default long usableBytes(Path folder) throws IOException {
        return Files.getFileStore(folder).getUsableSpace();
    }

    /** Appends to {@code file}, which is made when missing. */
    default OutputStream append(Path file) throws IOException {
        return Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Moves {@code from} to {@code to} in one step, its bytes on the disk before its name. */
    static void publish(Path from, Path to) throws IOException {
        try (FileChannel channel = FileChannel.open(from, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** The exception for a failed write to {@code file}. */
    static HubException failure(Path file, IOException cause) {
        String text = String.valueOf(cause.getMessage());
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.contains("no space left") || lower.contains("not enough space") || lower.contains("quota exceeded")) {
            return new HubException(
                    Kind.DISK,
                    "the disk is full: " + file + " cannot be written; what is here is kept, make room and run the same"
                            + " command again",
                    cause);
        }
        return new HubException(Kind.DISK, file + " cannot be written: " + Reasons.of(cause), cause);
    }
}
