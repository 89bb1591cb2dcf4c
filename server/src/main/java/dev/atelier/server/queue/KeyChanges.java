package dev.atelier.server.queue;

import dev.atelier.server.prediction.Status;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What of a key's predictions the database has that a watcher may not know. */
@Component
class KeyChanges {
    private final JdbcClient jdbc;

    KeyChanges(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** How far a prediction is. */
    record Row(String id, String servedBy, Status status, double progress) {}

    /** Those that have not ended, the oldest {@code limit}, by age. */
    List<Row> active(String owner, int limit) {
        return jdbc.sql("""
            SELECT id, served_by, status, progress FROM prediction
            WHERE status IN ('planning', 'starting', 'processing') AND owner = :owner ORDER BY id LIMIT :limit\
            """)
                .param("owner", owner)
                .param("limit", limit)
                .query((rs, _) -> new Row(
                        rs.getString("id"),
                        rs.getString("served_by"),
                        Status.of(rs.getString("status")),
                        rs.getDouble("progress")))
                .list();
    }

    /** Ids of those that have ended at {@code since} or later, the newest {@code limit}, newest first. */
    List<String> ended(String owner, Instant since, int limit) {
        return jdbc.sql("""
            SELECT id FROM prediction WHERE owner = :owner AND completed_at >= :since
            ORDER BY completed_at DESC, id DESC LIMIT :limit\
            """)
                .param("owner", owner)
                .param("since", OffsetDateTime.ofInstant(since, ZoneOffset.UTC))
                .param("limit", limit)
                .query(String.class)
                .list();
    }
}
