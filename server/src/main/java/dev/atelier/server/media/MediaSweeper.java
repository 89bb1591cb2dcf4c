package dev.atelier.server.media;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Removes expired files. Any number of nodes may sweep at once. */
@Component
class MediaSweeper {
    private static final Logger LOG = LoggerFactory.getLogger(MediaSweeper.class);
    private static final int BATCH = 200;

    private final MediaRepository rows;
    private final Blobs blobs;
    private final Clock clock;

    MediaSweeper(MediaRepository rows, Blobs blobs, Clock clock) {
        this.rows = rows;
        this.blobs = blobs;
        this.clock = clock;
    }

    /** @return how many files were removed */
    int sweep() {
        Instant now = clock.instant();
        int removed = 0;
        List<String> batch;
        int before;
        do {
            before = removed;
            batch = rows.expired(now, BATCH);
            for (String id : batch) {
                removed += remove(id, now) ? 1 : 0;
            }
        } while (batch.size() == BATCH && removed > before);
        if (removed > 0) {
            LOG.info("removed {} expired files", removed);
        }
        return removed;
    }

    private boolean remove(String id, Instant now) {
        try {
            return rows.remove(id, now, blobs::delete);
        } catch (IOException e) {
            LOG.warn("file {} has expired and cannot be removed; tried again with the next sweep", id, e);
            return false;
        }
    }
}
