package dev.atelier.server.queue;

import dev.atelier.server.prediction.Status;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
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

    /** By the indexes {@code prediction_free} and {@code prediction_leases}. */
    static final String ACTIVE =
            """
            WITH active (standing, id, served_by, status, progress) AS (
                %s UNION ALL %s UNION ALL %s UNION ALL %s)
            SELECT id, served_by, status, progress FROM active ORDER BY standing, id LIMIT :limit""".formatted(held(0, "processing"), free(1, "starting"), free(2, "planning"), held(3, "planning"));

    private static String free(int standing, String status) {
        return """
            (SELECT %d, id, served_by, status, progress FROM prediction
                WHERE status = '%s' AND lease_owner IS NULL AND owner = :owner
                ORDER BY status, lease_owner, owner, priority DESC, created_at, id LIMIT :limit)""".formatted(standing, status);
    }

    private static String held(int standing, String status) {
        return """
            (SELECT %d, id, served_by, status, progress FROM prediction
                WHERE status = '%s' AND lease_until > TIMESTAMP WITH TIME ZONE '1970-01-01 00:00:00+00:00'
                    AND owner = :owner)""".formatted(standing, status);
    }

    /** Those that have not ended, by age; of more than {@code limit} those that are made, then those that are next. */
    List<Row> active(String owner, int limit) {
        return jdbc
                .sql(ACTIVE)
                .param("owner", owner)
                .param("limit", limit)
                .query((rs, _) -> new Row(
                        rs.getString("id"),
                        rs.getString("served_by"),
                        Status.of(rs.getString("status")),
                        rs.getDouble("progress")))
                .list()
                .stream()
                .sorted(Comparator.comparing(Row::id))
                .toList();
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
