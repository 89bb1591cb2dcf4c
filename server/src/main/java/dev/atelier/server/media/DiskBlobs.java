package dev.atelier.server.media;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Files in a folder, spread over 256 subfolders by the first two characters of their ids. */
final class DiskBlobs implements Blobs {
    private final Path folder;
    private final Path unfinished;

    /** @param folder made when it is missing; may be shared by several nodes */
    DiskBlobs(Path folder) throws IOException {
        this.folder = folder.toAbsolutePath();
        this.unfinished = this.folder.resolve("unfinished");
        Files.createDirectories(unfinished);
    }

    /** The file appears under its name only once all of it is on the disk. */
    @Override
    public void write(String id, byte[] bytes, String contentType) throws IOException {
        Path target = path(id);
        Files.createDirectories(target.getParent());
        Path part = Files.createTempFile(unfinished, "", ".part");
        try {
            try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                ByteBuffer rest = ByteBuffer.wrap(bytes);
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
                channel.force(true);
            }
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    @Override
    public InputStream open(String id) throws IOException {
        return Files.newInputStream(path(id));
    }

    @Override
    public void delete(String id) throws IOException {
        Files.deleteIfExists(path(id));
    }

    @Override
    public Optional<URI> direct(StoredMedia media) {
        return Optional.empty();
    }

    private Path path(String id) {
        return folder.resolve(id.substring(0, 2)).resolve(id);
    }
}
