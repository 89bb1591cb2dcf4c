package dev.atelier.server.queue;

import dev.atelier.server.catalog.Catalog;
import dev.atelier.server.catalog.ModelEntry;
import dev.atelier.server.prediction.Place;
import dev.atelier.server.prediction.Prediction;
import dev.atelier.server.prediction.PredictionRepository;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Where waiting predictions stand, by the queue's own order: priority first, then the keys in turns, then first come, first served.
 * Seconds are those of the model's latest pictures, for every picture before and of the prediction. A long queue is looked at once in a
 * while for everybody who asks.
 */
@Component
class Places {
    private static final double UNKNOWN = -1;
    private static final Place TAKEN = new Place(1, 1, UNKNOWN);

    /** Queues of so many predictions are not looked at for each who asks. */
    private static final int LONG = 1000;

    private static final long KEPT_NANOS = Duration.ofSeconds(2).toNanos();

    private final JdbcClient jdbc;
    private final Catalog catalog;
    private final PredictionRepository predictions;
    private final Map<String, Queue> longQueues = new ConcurrentHashMap<>();

    Places(JdbcClient jdbc, Catalog catalog, PredictionRepository predictions) {
        this.jdbc = jdbc;
        this.catalog = catalog;
        this.predictions = predictions;
    }

    /** @param turn the owner's place among the keys that take turns, from 0; the one served longest ago first */
    private record Owner(String id, int priority, int waiting, int images, int turn) {}

    private record Own(String id, int images) {}

    /**
     * What waits for a device.
     *
     * @param seconds for a picture; 0: not known
     * @param inWork pictures that are being made, less what is finished of them
     */
    private record Queue(List<Owner> owners, double seconds, double inWork, long at) {
        Optional<Owner> owner(String id) {
            return owners.stream().filter(o -> o.id().equals(id)).findFirst();
        }

        int waiting() {
            return owners.stream().mapToInt(Owner::waiting).sum();
        }

        boolean isUsable() {
            return System.nanoTime() - at < KEPT_NANOS;
        }

        /**
         * @param k how many of the owner's go before
         * @param images pictures of those and of the prediction
         */
        Place place(Owner mine, int k, int images) {
            int place = k + 1;
            double pictures = inWork + images;
            for (Owner other : owners) {
                int before = before(other, mine, k);
                place += before;
                pictures += (double) before * other.images() / other.waiting();
            }
            // The owner may have more by now than when the queue was looked at.
            return new Place(place, Math.max(place, waiting()), seconds > 0 ? seconds * pictures : UNKNOWN);
        }
    }

    /** The first {@code limit} of {@code owner} that wait for the device of {@code servedBy}, by id. */
    Map<String, Place> of(String owner, String servedBy, int limit) {
        Collection<String> models = beside(servedBy);
        Queue queue = queue(models, servedBy, owner);
        Owner mine = queue.owner(owner).orElse(null);
        if (mine == null) {
            return Map.of();
        }
        Map<String, Place> places = new HashMap<>();
        int images = 0;
        for (Own own : own(owner, models, limit)) {
            images += own.images();
            places.put(own.id(), queue.place(mine, places.size(), images));
        }
        return places;
    }

    /** Where one that waits stands; the last place when it has just been taken. */
    Place of(Prediction waiting) {
        Collection<String> models = beside(waiting.order().servedBy());
        Queue queue = queue(models, waiting.order().servedBy(), waiting.owner());
        return queue.owner(waiting.owner())
                .map(mine -> place(queue, mine, waiting, models))
                .orElse(TAKEN);
    }

    private Queue queue(Collection<String> models, String servedBy, String owner) {
        Queue known = longQueues.get(servedBy);
        if (known != null && known.isUsable() && known.owner(owner).isPresent()) {
            return known;
        }
        Queue read = new Queue(
                owners(models), predictions.secondsPerPicture(servedBy), picturesInWork(models), System.nanoTime());
        if (read.waiting() < LONG) {
            longQueues.remove(servedBy);
        } else {
            longQueues.put(servedBy, read);
        }
        return read;
    }

    /** How many of {@code other} go before the (k+1)th of {@code mine}. */
    private static int before(Owner other, Owner mine, int k) {
        if (other == mine || other.priority() < mine.priority()) {
            return 0;
        }
        if (other.priority() > mine.priority()) {
            return other.waiting();
        }
        return Math.min(other.waiting(), other.turn() < mine.turn() ? k + 1 : k);
    }

    /** Models that share the device of {@code servedBy}. */
    private Collection<String> beside(String servedBy) {
        Map<String, String> devices =
                catalog.models().stream().collect(Collectors.toMap(ModelEntry::id, ModelEntry::device));
        String device = devices.getOrDefault(servedBy, "");
        List<String> models = devices.entrySet().stream()
                .filter(e -> e.getValue().equals(device))
                .map(Map.Entry::getKey)
                .toList();
        return models.isEmpty() ? List.of(servedBy) : models;
    }

    private List<Owner> owners(Collection<String> models) {
        return jdbc.sql("""
            SELECT w.owner, w.priority, w.waiting, w.images,
                ROW_NUMBER() OVER (ORDER BY t.served_at NULLS FIRST, w.oldest, w.owner) - 1 AS turn
            FROM (SELECT owner, MAX(priority) AS priority, COUNT(*) AS waiting, SUM(images) AS images,
                    MIN(created_at) AS oldest
                FROM prediction WHERE status = 'starting' AND served_by IN (:models) GROUP BY owner) w
            LEFT JOIN queue_turn t ON t.owner = w.owner\
            """)
                .param("models", models)
                .query((rs, _) -> new Owner(
                        rs.getString("owner"),
                        rs.getInt("priority"),
                        rs.getInt("waiting"),
                        rs.getInt("images"),
                        rs.getInt("turn")))
                .list();
    }

    /** By the index {@code prediction_free}. */
    private List<Own> own(String owner, Collection<String> models, int limit) {
        return jdbc.sql("""
            SELECT id, images FROM prediction
            WHERE status = 'starting' AND lease_owner IS NULL AND owner = :owner AND served_by IN (:models)
            ORDER BY status, lease_owner, owner, priority DESC, created_at, id LIMIT :limit\
            """)
                .param("owner", owner)
                .param("models", models)
                .param("limit", limit)
                .query((rs, _) -> new Own(rs.getString("id"), rs.getInt("images")))
                .list();
    }

    private Place place(Queue queue, Owner mine, Prediction waiting, Collection<String> models) {
        return jdbc.sql("""
            SELECT COUNT(*) AS own, COALESCE(SUM(images), 0) AS images FROM prediction
            WHERE status = 'starting' AND owner = :owner AND served_by IN (:models)
                AND (priority > :priority OR priority = :priority
                    AND (created_at < :createdAt OR created_at = :createdAt AND id <= :id))\
            """)
                .param("owner", waiting.owner())
                .param("models", models)
                .param("priority", waiting.order().priority())
                .param("createdAt", waiting.times().createdAt().atOffset(ZoneOffset.UTC))
                .param("id", waiting.id())
                .query((rs, _) ->
                        rs.getInt("own") == 0 ? TAKEN : queue.place(mine, rs.getInt("own") - 1, rs.getInt("images")))
                .single();
    }

    private double picturesInWork(Collection<String> models) {
        return jdbc.sql("""
            SELECT COALESCE(SUM(images * (1 - progress)), 0) FROM prediction
            WHERE status = 'processing' AND served_by IN (:models)\
            """).param("models", models).query(Double.class).single();
    }
}
