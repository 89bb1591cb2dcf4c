package dev.atelier.server.media;

import dev.atelier.server.secret.SecretsFixture;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.util.unit.DataSize;

/** Makes media stores on the disk for tests. */
public final class MediaStoreFixture {
    private MediaStoreFixture() {}

    public static MediaStore in(DataSource database, Path folder, Clock clock) throws IOException {
        return new DurableMediaStore(
                new MediaNames(SecretsFixture.in(database)),
                rows(database),
                new DiskBlobs(folder),
                settings(folder, 0),
                clock);
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
