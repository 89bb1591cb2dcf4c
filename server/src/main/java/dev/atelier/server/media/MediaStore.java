package dev.atelier.server.media;

import dev.atelier.server.error.Outages.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/** Keeps files until they expire. A file is whole and durable once {@link #put} has returned. */
public interface MediaStore {
    /**
     * What to store.
     *
     * @param bytes the whole file, at most 64 MiB
     * @param contentType as sniffed, such as {@code image/png}
     */
    record NewMedia(StoredMedia.Kind kind, byte[] bytes, String contentType, String owner, Instant expiresAt) {}

    /** Stores a file; the same bytes of the same owner may share a name. */
    StoredMedia put(NewMedia media) throws IOException;

    /** What is known of {@code id}; empty when there is none or it has expired. */
    Optional<StoredMedia> find(String id);

    /** The file's content. */
    InputStream open(StoredMedia media) throws IOException;

    /** The file's content as base64. */
    default String base64(StoredMedia media) {
        try (InputStream in = open(media)) {
            return Base64.getEncoder().encodeToString(in.readAllBytes());
        } catch (IOException e) {
            throw new StorageException(e);
        }
    }

    /** Where a caller can get the file without this service, for a while; empty when only this service has it. */
    Optional<URI> direct(StoredMedia media);

    /** Removes a file; nothing happens when there is none. */
    void delete(String id) throws IOException;

    /**
     * Where a caller gets the file.
     *
     * @param base the service's own origin as the caller sees it, such as {@code http://localhost:8080}
     */
    URI url(String id, StoredMedia.Kind kind, URI base);
}
