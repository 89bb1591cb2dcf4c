package dev.atelier.server.queue;

import dev.atelier.server.catalog.Catalog;
import dev.atelier.server.catalog.ModelEntry;
import dev.atelier.server.prediction.Place;
import dev.atelier.server.prediction.Prediction;
import dev.atelier.server.prediction.PredictionRepository;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Where waiting predictions stand, by the queue's own order: priority first, then the keys in turns, then first come, first served.
 * Seconds are those of the model's latest pictures, for every picture before and of the prediction.
 */
@Component
class Places {
    private static final double UNKNOWN = -1;

    private final JdbcClient jdbc;
    private final Catalog catalog;
    private final PredictionRepository predictions;

    Places(JdbcClient jdbc, Catalog catalog, PredictionRepository predictions) {
        this.jdbc = jdbc;
        this.catalog = catalog;
        this.predictions = predictions;
    }

    /** @param turn the owner's place among the keys that take turns, from 0; the one served longest ago first */
    private record Owner(String id, int priority, int waiting, int images, int turn) {}

    private record Own(String id, int images) {}

    /** Those of {@code owner} that wait for the device of {@code servedBy}, by id. */
    Map<String, Place> of(String owner, String servedBy) {
        Collection<String> models = beside(servedBy);
        List<Owner> owners = owners(models);
        Owner mine =
                owners.stream().filter(o -> o.id().equals(owner)).findFirst().orElse(null);
        if (mine == null) {
            return Map.of();
        }
        int all = owners.stream().mapToInt(Owner::waiting).sum();
        double seconds = predictions.secondsPerPicture(servedBy);
        double inWork = picturesInWork(models);
        Map<String, Place> places = new HashMap<>();
        int k = 0;
        int imagesOfMine = 0;
        for (Own own : own(owner, models)) {
            imagesOfMine += own.images();
            int place = k + 1;
            double images = inWork + imagesOfMine;
            for (Owner other : owners) {
                int before = before(other, mine, k);
                place += before;
                images += (double) before * other.images() / other.waiting();
            }
            places.put(own.id(), new Place(place, all, seconds > 0 ? seconds * images : UNKNOWN));
            k++;
        }
        return places;
    }

    /** Where one that waits stands; the last place when it has just been taken. */
    Place of(Prediction waiting) {
        return of(waiting.owner(), waiting.order().servedBy()).getOrDefault(waiting.id(), new Place(1, 1, UNKNOWN));
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

    private List<Own> own(String owner, Collection<String> models) {
        return jdbc.sql("""
            SELECT id, images FROM prediction
            WHERE status = 'starting' AND owner = :owner AND served_by IN (:models)
            ORDER BY priority DESC, created_at, id\
            """)
                .param("owner", owner)
                .param("models", models)
                .query((rs, _) -> new Own(rs.getString("id"), rs.getInt("images")))
                .list();
    }

    private double picturesInWork(Collection<String> models) {
        return jdbc.sql("""
            SELECT COALESCE(SUM(images * (1 - progress)), 0) FROM prediction
            WHERE status = 'processing' AND served_by IN (:models)\
            """).param("models", models).query(Double.class).single();
    }
}
