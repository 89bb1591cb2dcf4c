package dev.atelier.server.media;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** What is known of files, in the database. Its own transactions: a file is not undone with the work that it belongs to. */
@Repository
class MediaRepository {
    /** Removes the bytes of a file whose row is locked. */
    @FunctionalInterface
    interface Removal {
        void remove(String id) throws IOException;
    }

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    MediaRepository(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        transaction = new TransactionTemplate(transactions);
        transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /**
     * Registers a file, or extends the life of the one of the same name.
     *
     * @return whether its bytes are stored already
     */
    boolean register(StoredMedia media) {
        if (extend(media)) {
            return isReady(media.id());
        }
        try {
            transaction.executeWithoutResult(_ -> insert(media));
            return false;
        } catch (DuplicateKeyException _) {
            extend(media);
            return isReady(media.id());
        }
    }

    void markReady(String id) {
        transaction.executeWithoutResult(_ -> jdbc.sql("UPDATE media SET ready = TRUE WHERE id = :id")
                .param("id", id)
                .update());
    }

    Optional<StoredMedia> find(String id, Instant now) {
        return jdbc.sql("SELECT * FROM media WHERE id = :id AND ready AND expires_at > :now")
                .param("id", id)
                .param("now", timestamp(now))
                .query(MediaRepository::read)
                .optional();
    }

    /** Bytes of the owner's files that have not expired. */
    long bytesOf(String owner, Instant now) {
        return jdbc.sql("SELECT COALESCE(SUM(bytes), 0) FROM media WHERE owner = :owner AND expires_at > :now")
                .param("owner", owner)
                .param("now", timestamp(now))
                .query(Long.class)
                .single();
    }

    List<String> expired(Instant now, int limit) {
        return jdbc.sql("SELECT id FROM media WHERE expires_at <= :now ORDER BY expires_at LIMIT :limit")
                .param("now", timestamp(now))
                .param("limit", limit)
                .query(String.class)
                .list();
    }

    /**
     * Removes a file that expires at or before {@code until}. The row stays locked while the bytes go, so that the same
     * content stored again at that moment waits and is then written anew.
     */
    boolean remove(String id, Instant until, Removal removal) throws IOException {
        try {
            return Boolean.TRUE.equals(transaction.execute(_ -> {
                boolean held = jdbc.sql("SELECT id FROM media WHERE id = :id AND expires_at <= :until FOR UPDATE")
                        .param("id", id)
                        .param("until", timestamp(until))
                        .query(String.class)
                        .optional()
                        .isPresent();
                if (held) {
                    removeBytes(id, removal);
                    jdbc.sql("DELETE FROM media WHERE id = :id").param("id", id).update();
                }
                return held;
            }));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void removeBytes(String id, Removal removal) {
        try {
            removal.remove(id);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean extend(StoredMedia media) {
        Integer rows = transaction.execute(_ -> jdbc.sql("""
                UPDATE media SET expires_at = CASE WHEN expires_at < :expiresAt THEN :expiresAt ELSE expires_at END
                WHERE id = :id""")
                .param("id", media.id())
                .param("expiresAt", timestamp(media.expiresAt()))
                .update());
        return rows != null && rows > 0;
    }

    private boolean isReady(String id) {
        return jdbc.sql("SELECT ready FROM media WHERE id = :id")
                .param("id", id)
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    private void insert(StoredMedia media) {
        jdbc.sql("""
                INSERT INTO media (id, kind, content_type, owner, bytes, ready, created_at, expires_at)
                VALUES (:id, :kind, :contentType, :owner, :bytes, FALSE, :createdAt, :expiresAt)""")
                .param("id", media.id())
                .param("kind", media.kind().name())
                .param("contentType", media.contentType())
                .param("owner", media.owner())
                .param("bytes", media.bytes())
                .param("createdAt", timestamp(media.createdAt()))
                .param("expiresAt", timestamp(media.expiresAt()))
                .update();
    }

    private static StoredMedia read(ResultSet row, int number) throws SQLException {
        return new StoredMedia(
                row.getString("id"),
                StoredMedia.Kind.valueOf(row.getString("kind")),
                row.getString("content_type"),
                row.getString("owner"),
                row.getLong("bytes"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("expires_at", OffsetDateTime.class).toInstant());
    }

    private static OffsetDateTime timestamp(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
