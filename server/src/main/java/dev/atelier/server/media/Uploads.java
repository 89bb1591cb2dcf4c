package dev.atelier.server.media;

import dev.atelier.server.disk.DiskSpace;
import dev.atelier.server.error.ApiException;
import dev.atelier.server.error.Outages.StorageException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Takes pictures from callers: decoded once to know that they can be read, stored as they came. */
@Component
public class Uploads {
    private final Pictures pictures;
    private final MediaStore media;
    private final Duration keep;
    private final DiskSpace disk;
    private final Clock clock;

    Uploads(Pictures pictures, MediaStore media, MediaSettings settings, DiskSpace disk, Clock clock) {
        this.disk = disk;
        this.pictures = pictures;
        this.media = media;
        this.keep = settings.keepUploads();
        this.clock = clock;
    }

    /** How long a file is kept when its caller does not say. */
    public Duration keep() {
        return keep;
    }

    /**
     * As {@link #store(String, byte[], String)}.
     *
     * @return what a request calls the file, as {@link ReferenceResolver#admit} does
     */
    public String reference(String field, byte[] file, String owner) {
        return ReferenceResolver.OURS + store(field, file, owner).id();
    }

    /** Keeps a file for the time that the operator set. */
    public StoredMedia store(String field, byte[] file, String owner) {
        return store(field, file, owner, keep);
    }

    /**
     * @param field how the caller named it
     * @param keep how long it is kept
     * @throws ApiException naming {@code field}: 413 when it is too large or the key's quota is used up, 422 when it cannot be read,
     *     507 while the disk is full
     */
    public StoredMedia store(String field, byte[] file, String owner, Duration keep) {
        disk.require();
        pictures.read(field, file);
        try {
            return media.put(new MediaStore.NewMedia(
                    StoredMedia.Kind.UPLOAD,
                    file,
                    Pictures.contentType(file),
                    owner,
                    clock.instant().plus(keep)));
        } catch (IOException e) {
            throw new StorageException(e);
        }
    }
}
