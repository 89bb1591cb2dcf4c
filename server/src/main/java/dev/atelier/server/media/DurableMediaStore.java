package dev.atelier.server.media;

import dev.atelier.server.error.ApiException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/** Rows in the database, bytes in {@link Blobs}. */
@Component
class DurableMediaStore implements MediaStore {
    private final MediaNames names;
    private final MediaRepository rows;
    private final Blobs blobs;
    private final DataSize quota;
    private final Clock clock;

    DurableMediaStore(MediaNames names, MediaRepository rows, Blobs blobs, MediaSettings settings, Clock clock) {
        this.names = names;
        this.rows = rows;
        this.blobs = blobs;
        this.quota = settings.quota();
        this.clock = clock;
    }

    /** @throws ApiException (413) when an upload would exceed the key's quota; finished pictures are always stored */
    @Override
    public StoredMedia put(NewMedia media) throws IOException {
        Instant now = clock.instant();
        if (media.kind() == StoredMedia.Kind.UPLOAD) {
            checkQuota(media, now);
        }
        StoredMedia stored = new StoredMedia(
                names.name(media),
                media.kind(),
                media.contentType(),
                media.owner(),
                media.bytes().length,
                now,
                media.expiresAt());
        if (!rows.register(stored)) {
            blobs.write(stored.id(), media.bytes(), stored.contentType());
            rows.markReady(stored.id());
        }
        return stored;
    }

    @Override
    public Optional<StoredMedia> find(String id) {
        return MediaNames.isName(id) ? rows.find(id, clock.instant()) : Optional.empty();
    }

    @Override
    public InputStream open(StoredMedia media) throws IOException {
        return blobs.open(media.id());
    }

    @Override
    public Optional<URI> direct(StoredMedia media) {
        return blobs.direct(media);
    }

    @Override
    public void delete(String id) throws IOException {
        if (MediaNames.isName(id)) {
            rows.remove(id, Instant.parse("9999-12-31T00:00:00Z"), blobs::delete);
        }
    }

    @Override
    public URI url(String id, StoredMedia.Kind kind, URI base) {
        return URI.create(base.toString().replaceFirst("/+$", "") + "/" + kind.folder() + "/" + id);
    }

    private void checkQuota(NewMedia media, Instant now) {
        if (quota.toBytes() == 0) {
            return;
        }
        long used = rows.bytesOf(media.owner(), now);
        if (used + media.bytes().length > quota.toBytes()) {
            throw ApiException.tooLarge(
                    "file",
                    "%,d bytes beside the %,d that this key has stored exceed its quota of %,d; wait until files expire or delete predictions"
                            .formatted(media.bytes().length, used, quota.toBytes()));
        }
    }
}
