package dev.atelier.server.queue;

import dev.atelier.server.prediction.Prediction;
import dev.atelier.server.prediction.PredictionRepository;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Predictions that wait for a better plan. They stay {@code planning} while one is made: a planner holds them under a lease, and one
 * whose lease has run out is taken by the next. Higher priority first; within a priority the keys for which the fewest plans are being
 * made; within a key first come, first served.
 */
@Component
public class PlanQueue {
    private static final int CANDIDATES = 8;
    private static final String FREE = "status = 'planning' AND lease_owner IS NULL";

    /** As {@link WorkQueue#HEADS}, by the indexes {@code prediction_free} and {@code prediction_leases}. */
    static final String HEADS = """
            WITH RECURSIVE waiting (owner) AS (
                SELECT (
                    SELECT p.owner FROM prediction p WHERE p.%1$s ORDER BY p.status, p.lease_owner, p.owner LIMIT 1)
                UNION ALL
                SELECT (
                    SELECT p.owner FROM prediction p WHERE p.%1$s AND p.owner > w.owner
                    ORDER BY p.status, p.lease_owner, p.owner LIMIT 1)
                FROM waiting w WHERE w.owner IS NOT NULL),
            held (owner, plans) AS (
                SELECT owner, COUNT(*) FROM prediction WHERE status = 'planning' AND lease_until >= :now GROUP BY owner)
            SELECT (SELECT p.id %2$s) AS id, (SELECT p.priority %2$s) AS priority, COALESCE(h.plans, 0) AS plans,
                (SELECT p.created_at %2$s) AS created_at
            FROM waiting w LEFT JOIN held h ON h.owner = w.owner WHERE w.owner IS NOT NULL
            ORDER BY priority DESC, plans, created_at LIMIT :limit""".formatted(FREE, """
            FROM prediction p WHERE p.%s AND p.owner = w.owner
            ORDER BY p.status, p.lease_owner, p.owner, p.priority DESC, p.created_at, p.id LIMIT 1""".formatted(FREE));

    /** By the index {@code prediction_leases}. */
    private static final String FORSAKEN =
            "UPDATE prediction SET lease_owner = NULL, lease_until = NULL WHERE status = 'planning'";

    private final JdbcClient jdbc;
    private final PredictionRepository predictions;
    private final Clock clock;

    PlanQueue(JdbcClient jdbc, PredictionRepository predictions, Clock clock) {
        this.jdbc = jdbc;
        this.predictions = predictions;
        this.clock = clock;
    }

    /**
     * Takes the next prediction that waits for a plan; its attempts count how often that has happened.
     *
     * @return empty when none waits
     */
    public Optional<Prediction> claim(LeaseOwner holder) {
        OffsetDateTime now = timestamp(clock.instant());
        jdbc.sql(FORSAKEN + " AND lease_until < :now").param("now", now).update();
        for (String id : candidates(now)) {
            if (take(id, holder)) {
                return predictions.find(id);
            }
        }
        return Optional.empty();
    }

    private List<String> candidates(OffsetDateTime now) {
        return jdbc.sql(HEADS)
                .param("now", now)
                .param("limit", CANDIDATES)
                .query((rs, _) -> rs.getString("id"))
                .list();
    }

    private boolean take(String id, LeaseOwner holder) {
        return jdbc.sql("""
                UPDATE prediction SET attempts = attempts + 1, lease_owner = :holder, lease_until = :until
                WHERE id = :id AND %s""".formatted(FREE))
                        .param("holder", holder.id())
                        .param("until", timestamp(clock.instant().plus(holder.lease())))
                        .param("id", id)
                        .update()
                > 0;
    }

    /**
     * Moves a prediction that {@code holder} holds on to the devices' queue.
     *
     * @return false when it was canceled or taken over
     */
    public boolean release(String id, LeaseOwner holder) {
        return jdbc.sql("""
                UPDATE prediction SET status = 'starting', attempts = 0, lease_owner = NULL, lease_until = NULL
                WHERE id = :id AND status = 'planning' AND lease_owner = :holder""").param("id", id).param("holder", holder.id()).update() > 0;
    }

    /** Lets others plan what {@code holder} holds; the attempt does not count. */
    public void handBack(String id, LeaseOwner holder) {
        jdbc.sql("""
                UPDATE prediction SET attempts = attempts - 1, lease_owner = NULL, lease_until = NULL
                WHERE id = :id AND status = 'planning' AND lease_owner = :holder""").param("id", id).param("holder", holder.id()).update();
    }

    /** Ends every planner's lease. For the start of a process that has the database to itself: no other can hold anything. */
    public void endLeases() {
        jdbc.sql(FORSAKEN).update();
    }

    private static OffsetDateTime timestamp(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
