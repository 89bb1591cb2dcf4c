package dev.atelier.server.media;

import dev.atelier.server.secret.SecretsFixture;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.util.unit.DataSize;

/** Makes media stores on the disk for tests. */
public final class MediaStoreFixture {
    private MediaStoreFixture() {}

    public static MediaStore in(DataSource database, Path folder, Clock clock) throws IOException {
        return in(database, folder, clock, new DiskBlobs(folder));
    }

    /** One whose files callers get from {@code direct}, as from a bucket. */
    public static MediaStore in(DataSource database, Path folder, Clock clock, Function<StoredMedia, URI> direct)
            throws IOException {
        return in(database, folder, clock, new DelegatingBlobs(new DiskBlobs(folder)) {
            @Override
            public Optional<URI> direct(StoredMedia stored) {
                return Optional.of(direct.apply(stored));
            }
        });
    }

    private static MediaStore in(DataSource database, Path folder, Clock clock, Blobs blobs) {
        return new DurableMediaStore(
                new MediaNames(SecretsFixture.in(database)), rows(database), blobs, settings(folder, 0), clock);
    }

    static MediaRepository rows(DataSource database) {
        return new MediaRepository(JdbcClient.create(database), new JdbcTransactionManager(database));
    }

    static MediaSettings settings(Path folder, long quotaBytes) {
        return new MediaSettings(
                folder,
                Duration.ofDays(7),
                DataSize.ofBytes(quotaBytes),
                Duration.ofMinutes(5),
                DataSize.ofMegabytes(30),
                36_000_000,
                null);
    }
}
