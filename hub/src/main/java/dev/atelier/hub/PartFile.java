package dev.atelier.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;

/**
 * The bytes of a file that have come so far, in {@code NAME.part} beside its place. {@code NAME.part.tag} keeps what it is a
 * part of: the wanted checksum and size, and the ETag that the server gave the bytes.
 */
final class PartFile {
    static final String SUFFIX = ".part";

    private static final int MAX_TAG_BYTES = 4096;

    private final RemoteFile file;
    private final Path target;
    private final Path part;
    private final Path tag;

    PartFile(RemoteFile file, Path target) {
        this.file = file;
        this.target = target;
        part = target.resolveSibling(target.getFileName() + SUFFIX);
        tag = target.resolveSibling(target.getFileName() + SUFFIX + ".tag");
    }

    Path path() {
        return part;
    }

    /** Bytes that a download can continue from; a part of another file is deleted. */
    long resumableBytes() throws IOException {
        if (!Files.isRegularFile(part)) {
            return 0;
        }
        long have = Files.size(part);
        if (have > file.size() || !tagLines().getFirst().equals(wanted())) {
            discard();
            return 0;
        }
        return have;
    }

    /** The digest of the file after the bytes that are here. */
    MessageDigest digest() throws IOException {
        MessageDigest digest = file.checksum().start(file.size());
        if (Files.isRegularFile(part)) {
            Checksum.update(digest, part);
        }
        return digest;
    }

    /** The ETag of the bytes that are here, as the server sent it; empty when there was none. */
    String etag() throws IOException {
        return tagLines().get(1);
    }

    /** Notes whose bytes are going to be appended. */
    void tag(String etag) throws IOException {
        Files.writeString(tag, wanted() + "\n" + etag + "\n");
    }

    void discard() throws IOException {
        Files.deleteIfExists(part);
        Files.deleteIfExists(tag);
    }

    /** Moves the bytes into the file's place. */
    void publish() throws IOException {
        Disk.publish(part, target);
        Files.deleteIfExists(tag);
    }

    private String wanted() {
        return file.checksum().hex() + " " + file.size();
    }

    private List<String> tagLines() throws IOException {
        boolean readable = Files.isRegularFile(tag) && Files.size(tag) <= MAX_TAG_BYTES;
        return ((readable ? Files.readString(tag) : "") + "\n\n").lines().toList();
    }
}
