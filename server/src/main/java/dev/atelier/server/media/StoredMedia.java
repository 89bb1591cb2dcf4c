package dev.atelier.server.media;

import java.time.Instant;

/**
 * A stored file.
 *
 * @param id its unguessable name with extension, such as {@code 3fZ….png}: the last part of its URL
 * @param owner id of the key that it belongs to
 * @param bytes length
 * @param expiresAt when the sweeper may remove it
 */
public record StoredMedia(
        String id, Kind kind, String contentType, String owner, long bytes, Instant createdAt, Instant expiresAt) {
    /** Where a file came from, and so the folder of its URL. */
    public enum Kind {
        OUTPUT("outputs"),
        UPLOAD("uploads");

        private final String folder;

        Kind(String folder) {
            this.folder = folder;
        }

        /** First part of the URL's path. */
        public String folder() {
            return folder;
        }
    }
}
