package dev.atelier.server.media;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Optional;

/** Where the bytes of files lie. Ids are checked by {@link MediaNames} before they come here. */
interface Blobs {
    /** Writes a file whole; a file of this id that is there already is replaced. */
    void write(String id, byte[] bytes, String contentType) throws IOException;

    /** @throws java.nio.file.NoSuchFileException when there is none */
    InputStream open(String id) throws IOException;

    /** Removes a file; nothing happens when there is none. */
    void delete(String id) throws IOException;

    /** Where a caller can get the file without us, for a while; empty when only we have it. */
    Optional<URI> direct(StoredMedia media);
}
