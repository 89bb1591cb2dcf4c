package dev.atelier.server.queue;

import dev.atelier.server.prediction.Prediction;
import dev.atelier.server.prediction.PredictionRepository;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The queue over the predictions themselves: a prediction waits while it is {@code starting}, and a claim is one conditional
 * update, so two workers never hold the same one. Higher priority first; within a priority the keys take turns; within a key
 * first come, first served.
 */
@Component
public class WorkQueue {
    private static final int CANDIDATES = 8;

    /**
     * What is next of each owner, the owners in their turns. Owners are found one after the other in the index {@code prediction_turns},
     * and of each its first row: however much waits, no more rows are read than owners wait. The constants in {@code ORDER BY} change no
     * order; by them H2 sees that the index has it.
     */
    static final String HEADS = """
            WITH RECURSIVE waiting (owner) AS (
                SELECT (
                    SELECT p.owner FROM prediction p WHERE p.status = 'starting' AND p.served_by = :model
                    ORDER BY p.status, p.served_by, p.owner LIMIT 1)
                UNION ALL
                SELECT (
                    SELECT p.owner FROM prediction p
                    WHERE p.status = 'starting' AND p.served_by = :model AND p.owner > w.owner
                    ORDER BY p.status, p.served_by, p.owner LIMIT 1)
                FROM waiting w WHERE w.owner IS NOT NULL)
            SELECT w.owner, t.served_at,
                (SELECT p.id %1$s) AS id,
                (SELECT p.priority %1$s) AS priority,
                (SELECT p.created_at %1$s) AS created_at
            FROM waiting w LEFT JOIN queue_turn t ON t.owner = w.owner
            WHERE w.owner IS NOT NULL
            ORDER BY priority DESC, served_at NULLS FIRST, created_at
            LIMIT :limit""".formatted("""
            FROM prediction p WHERE p.status = 'starting' AND p.served_by = :model AND p.owner = w.owner
            ORDER BY p.status, p.served_by, p.owner, p.priority DESC, p.created_at, p.id LIMIT 1""");

    /** By the index {@code prediction_alike}. */
    static final String ALIKE = """
            SELECT id FROM prediction WHERE status = 'starting' AND attempts = 0 AND images = 1 AND batch_key <> ''
                AND batch_key = (SELECT f.batch_key FROM prediction f WHERE f.id = :first)
            ORDER BY status, batch_key, priority DESC, created_at LIMIT :limit""";

    /** By the index {@code prediction_deadlines}. */
    static final String OVERDUE = """
            SELECT id FROM prediction WHERE status = 'planning' AND deadline < :now
            UNION ALL SELECT id FROM prediction WHERE status = 'starting' AND deadline < :now LIMIT :limit""";

    private final JdbcClient jdbc;
    private final PredictionRepository predictions;
    private final Clock clock;

    WorkQueue(JdbcClient jdbc, PredictionRepository predictions, Clock clock) {
        this.jdbc = jdbc;
        this.predictions = predictions;
        this.clock = clock;
    }

    /**
     * Takes the next waiting prediction that one of {@code models} serves.
     *
     * @return empty when none waits
     */
    public Optional<Prediction> claim(LeaseOwner holder, Set<String> models) {
        for (Candidate candidate : candidates(models)) {
            if (take(candidate.id(), holder)) {
                takeTurn(candidate.owner());
                return predictions.find(candidate.id());
            }
        }
        return Optional.empty();
    }

    /**
     * Takes waiting predictions of one picture each that differ from {@code first} in their seeds only. One that was tried before
     * is left to be made alone, so that it cannot harm others a second time.
     */
    public List<Prediction> claimAlike(Prediction first, LeaseOwner holder, int limit) {
        if (limit < 1 || first.state().attempts() > 1) {
            return List.of();
        }
        List<String> ids = jdbc.sql(ALIKE)
                .param("first", first.id())
                .param("limit", limit)
                .query(String.class)
                .list();
        List<Prediction> taken = new ArrayList<>();
        for (String id : ids) {
            if (take(id, holder)) {
                predictions.find(id).ifPresent(taken::add);
            }
        }
        return taken;
    }

    /**
     * Holds on to {@code ids} for another lease.
     *
     * @return those that are still held; the others were cancelled or taken over
     */
    public Set<String> renew(Collection<String> ids, LeaseOwner holder) {
        if (ids.isEmpty()) {
            return Set.of();
        }
        jdbc.sql("UPDATE prediction SET lease_until = :until WHERE id IN (:ids) AND lease_owner = :holder")
                .param("until", timestamp(clock.instant().plus(holder.lease())))
                .param("ids", ids)
                .param("holder", holder.id())
                .update();
        return Set.copyOf(jdbc.sql("SELECT id FROM prediction WHERE id IN (:ids) AND lease_owner = :holder")
                .param("ids", ids)
                .param("holder", holder.id())
                .query(String.class)
                .list());
    }

    /** Records how far a held prediction is, 0 to 1. */
    public void progress(String id, double progress, LeaseOwner holder) {
        jdbc.sql("UPDATE prediction SET progress = :progress WHERE id = :id AND lease_owner = :holder")
                .param("progress", progress)
                .param("id", id)
                .param("holder", holder.id())
                .update();
    }

    /** Lets others take a held prediction; its outputs stay and the attempt does not count. */
    public void handBack(String id, LeaseOwner holder) {
        jdbc.sql("""
                UPDATE prediction SET status = 'starting', attempts = attempts - 1, lease_owner = NULL, lease_until = NULL
                WHERE id = :id AND lease_owner = :holder AND status = 'processing'""").param("id", id).param("holder", holder.id()).update();
    }

    /** Predictions whose holder has let its lease run out: the process died, or lost the database. */
    public List<String> abandoned() {
        return jdbc.sql("SELECT id FROM prediction WHERE status = 'processing' AND lease_until < :now")
                .param("now", timestamp(clock.instant()))
                .query(String.class)
                .list();
    }

    /** Puts an abandoned prediction back in line. */
    public boolean requeue(String id) {
        return jdbc.sql("""
                UPDATE prediction SET status = 'starting', lease_owner = NULL, lease_until = NULL
                WHERE id = :id AND status = 'processing' AND lease_until < :now""")
                        .param("id", id)
                        .param("now", timestamp(clock.instant()))
                        .update()
                > 0;
    }

    /** Ends every lease. For the start of a process that has the database to itself: no other can hold anything. */
    public int endLeases() {
        return jdbc.sql("UPDATE prediction SET lease_until = :past WHERE status = 'processing'")
                .param("past", timestamp(clock.instant().minusSeconds(1)))
                .update();
    }

    /** At most {@code limit} waiting predictions whose deadline has passed. */
    public List<String> overdue(int limit) {
        return jdbc.sql(OVERDUE)
                .param("now", timestamp(clock.instant()))
                .param("limit", limit)
                .query(String.class)
                .list();
    }

    /** When the prediction that waits longest was accepted; empty when none waits. */
    public Optional<Instant> oldestWaiting() {
        return jdbc.sql("SELECT MIN(created_at) AS oldest FROM prediction WHERE status IN ('planning', 'starting')")
                .query((rs, _) -> Optional.ofNullable(rs.getObject("oldest", OffsetDateTime.class)))
                .single()
                .map(OffsetDateTime::toInstant);
    }

    /** The prediction of an owner that is next; the best that a model has for the owner when there are several models. */
    private record Candidate(String id, String owner, int priority, Instant createdAt, Instant servedAt) {
        /** Within an owner. */
        static final Comparator<Candidate> OWN = Comparator.comparingInt((Candidate c) -> -c.priority())
                .thenComparing(Candidate::createdAt)
                .thenComparing(Candidate::id);

        /** Between owners; those never served go first. */
        static final Comparator<Candidate> TURN = Comparator.comparingInt((Candidate c) -> -c.priority())
                .thenComparing(Candidate::servedAt, Comparator.nullsFirst(Comparator.naturalOrder()))
                .thenComparing(Candidate::createdAt);
    }

    /** The first of all models together are among the first of each. */
    private List<Candidate> candidates(Set<String> models) {
        Map<String, Candidate> heads = new HashMap<>();
        for (String model : models) {
            candidates(model).forEach(head -> heads.merge(head.owner(), head, BinaryOperator.minBy(Candidate.OWN)));
        }
        return heads.values().stream().sorted(Candidate.TURN).limit(CANDIDATES).toList();
    }

    private List<Candidate> candidates(String model) {
        return jdbc.sql(HEADS)
                .param("model", model)
                .param("limit", CANDIDATES)
                .query((rs, _) -> new Candidate(
                        rs.getString("id"),
                        rs.getString("owner"),
                        rs.getInt("priority"),
                        instant(rs.getObject("created_at", OffsetDateTime.class)),
                        instant(rs.getObject("served_at", OffsetDateTime.class))))
                .list();
    }

    private static Instant instant(OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    private boolean take(String id, LeaseOwner holder) {
        Instant now = clock.instant();
        return jdbc.sql("""
                UPDATE prediction SET status = 'processing', attempts = attempts + 1, lease_owner = :holder,
                    lease_until = :until, started_at = COALESCE(started_at, :now)
                WHERE id = :id AND status = 'starting'""")
                        .param("holder", holder.id())
                        .param("until", timestamp(now.plus(holder.lease())))
                        .param("now", timestamp(now))
                        .param("id", id)
                        .update()
                > 0;
    }

    private void takeTurn(String owner) {
        OffsetDateTime now = timestamp(clock.instant());
        int known = jdbc.sql("UPDATE queue_turn SET served_at = :now WHERE owner = :owner")
                .param("now", now)
                .param("owner", owner)
                .update();
        if (known == 0) {
            try {
                jdbc.sql("INSERT INTO queue_turn (owner, served_at) VALUES (:owner, :now)")
                        .param("owner", owner)
                        .param("now", now)
                        .update();
            } catch (DuplicateKeyException e) {
                // Another worker served the key's first prediction in the same moment; its turn is noted.
                return;
            }
        }
    }

    private static OffsetDateTime timestamp(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
