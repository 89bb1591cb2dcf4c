package dev.atelier.engine.weights;

import dev.atelier.engine.tensor.EngineException;
import dev.atelier.reason.Reasons;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * A file that appears under its name only when it is whole and on disk: one that is closed without {@link #publish}, or a process that dies,
 * leaves what stood there before.
 */
final class NewFile implements AutoCloseable {
    private static final long PIECE_BYTES = 1L << 28;

    private final Path file;
    private final Path part;
    private final FileChannel channel;
    private boolean published;

    private NewFile(Path file, Path part, FileChannel channel) {
        this.file = file;
        this.part = part;
        this.channel = channel;
    }

    /** @throws EngineException naming the file when it cannot be written */
    static NewFile create(Path file) {
        Path part = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            return new NewFile(
                    file, part, FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
        } catch (IOException e) {
            throw cannotWrite(file, e);
        }
    }

    void write(MemorySegment bytes, long at) {
        for (long done = 0; done < bytes.byteSize(); done += PIECE_BYTES) {
            MemorySegment piece = bytes.asSlice(done, Math.min(PIECE_BYTES, bytes.byteSize() - done));
            write(piece.asByteBuffer(), at + done);
        }
    }

    void write(ByteBuffer bytes, long at) {
        try {
            for (long to = at; bytes.hasRemaining(); ) {
                to += channel.write(bytes, to);
            }
        } catch (IOException e) {
            throw cannotWrite(file, e);
        }
    }

    /** Puts the file in its place. @throws EngineException when the system refuses */
    void publish() {
        try {
            channel.force(true);
            channel.close();
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            published = true;
        } catch (IOException e) {
            throw cannotWrite(file, e);
        }
    }

    /** Without {@link #publish} nothing is left behind. */
    @Override
    public void close() {
        try {
            channel.close();
            if (!published) {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw cannotWrite(file, e);
        }
    }

    private static EngineException cannotWrite(Path file, IOException e) {
        return new EngineException(file + ": cannot be written: " + Reasons.of(e), e);
    }
}
