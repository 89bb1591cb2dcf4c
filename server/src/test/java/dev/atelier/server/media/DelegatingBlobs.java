package dev.atelier.server.media;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Optional;

/** Passes everything on, so that a test overrides the one call that it wants to fail. */
class DelegatingBlobs implements Blobs {
    private final Blobs target;

    DelegatingBlobs(Blobs target) {
        this.target = target;
    }

    @Override
    public void write(String id, byte[] bytes, String contentType) throws IOException {
        target.write(id, bytes, contentType);
    }

    @Override
    public InputStream open(String id) throws IOException {
        return target.open(id);
    }

    @Override
    public void delete(String id) throws IOException {
        target.delete(id);
    }

    @Override
    public Optional<URI> direct(StoredMedia media) {
        return target.direct(media);
    }
}
