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
    private static final String FREE = "status = 'planning' AND (lease_until IS NULL OR lease_until < :now)";

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
        for (String id : candidates(now)) {
            if (take(id, holder, now)) {
                return predictions.find(id);
            }
        }
        return Optional.empty();
    }

    private List<String> candidates(OffsetDateTime now) {
        return jdbc.sql("""
                SELECT w.id FROM (
                    SELECT id, owner, priority, created_at,
                        ROW_NUMBER() OVER (PARTITION BY owner ORDER BY priority DESC, created_at, id) AS place
                    FROM prediction WHERE %s) w
                WHERE w.place = 1
                ORDER BY w.priority DESC, (
                        SELECT COUNT(*) FROM prediction h
                        WHERE h.status = 'planning' AND h.owner = w.owner AND h.lease_until >= :now),
                    w.created_at
                LIMIT :limit""".formatted(FREE))
                .param("now", now)
                .param("limit", CANDIDATES)
                .query(String.class)
                .list();
    }

    private boolean take(String id, LeaseOwner holder, OffsetDateTime now) {
        return jdbc.sql("""
                UPDATE prediction SET attempts = attempts + 1, lease_owner = :holder, lease_until = :until
                WHERE id = :id AND %s""".formatted(FREE))
                        .param("holder", holder.id())
                        .param("until", timestamp(clock.instant().plus(holder.lease())))
                        .param("id", id)
                        .param("now", now)
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
        jdbc.sql("UPDATE prediction SET lease_until = NULL, lease_owner = NULL WHERE status = 'planning'")
                .update();
    }

    private static OffsetDateTime timestamp(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
