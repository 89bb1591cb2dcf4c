package dev.atelier.server.prediction;

import dev.atelier.prompt.GenerationPlan;
import dev.atelier.prompt.GenerationRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** Predictions in the database; the queue's own columns belong to {@code queue}. */
@Repository
public class PredictionRepository {
    private final JdbcClient jdbc;
    private final JsonMapper json;

    PredictionRepository(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /**
     * Stores an accepted prediction, waiting.
     *
     * @param trace the submission's trace context; empty: none
     */
    public void insert(Prediction prediction, String trace) {
        Prediction.Order order = prediction.order();
        jdbc.sql("""
            INSERT INTO prediction (id, owner, model, served_by, request, plan, delivery, batch_key, images, priority, status,
                progress, error, attempts, warnings, created_at, deadline, trace)
            VALUES (:id, :owner, :model, :servedBy, :request, :plan, :delivery, :batchKey, :images, :priority, :status,
                0, '', 0, :warnings, :createdAt, :deadline, :trace)\
            """)
                .param("id", prediction.id())
                .param("owner", prediction.owner())
                .param("model", order.request().model())
                .param("servedBy", order.servedBy())
                .param("request", json.writeValueAsString(order.request()))
                .param("plan", json.writeValueAsString(order.plan()))
                .param("delivery", json.writeValueAsString(order.delivery()))
                .param("batchKey", BatchKey.of(order))
                .param("images", order.plan().shots().size())
                .param("priority", order.priority())
                .param("status", prediction.status().label())
                .param("warnings", json.writeValueAsString(prediction.state().warnings()))
                .param("createdAt", timestamp(prediction.times().createdAt()))
                .param("deadline", timestamp(prediction.times().deadline()))
                .param("trace", trace)
                .update();
    }

    /** Replaces the plan of a prediction that nothing was made of yet, and what it warns of. */
    public void replan(Prediction planned) {
        Prediction.Order order = planned.order();
        jdbc.sql("""
            UPDATE prediction SET plan = :plan, batch_key = :batchKey, images = :images, warnings = :warnings
            WHERE id = :id\
            """)
                .param("plan", json.writeValueAsString(order.plan()))
                .param("batchKey", BatchKey.of(order))
                .param("images", order.plan().shots().size())
                .param("warnings", json.writeValueAsString(planned.state().warnings()))
                .param("id", planned.id())
                .update();
    }

    /** A prediction with its outputs. */
    public Optional<Prediction> find(String id) {
        return jdbc.sql("SELECT * FROM prediction WHERE id = :id")
                .param("id", id)
                .query(this::read)
                .optional()
                .map(this::withOutputs);
    }

    /** The owner's predictions before {@code cursor} (an id, or empty), newest first. */
    public List<Prediction> list(String owner, String cursor, int limit) {
        return withOutputs(jdbc.sql("""
            SELECT * FROM prediction WHERE owner = :owner AND (:cursor = '' OR id < :cursor)
            ORDER BY id DESC LIMIT :limit\
            """)
                .param("owner", owner)
                .param("cursor", cursor)
                .param("limit", limit)
                .query(this::read)
                .list());
    }

    /** A page of the owner's predictions, newest first, as the history's numbered pages need it. */
    public List<Prediction> page(String owner, PredictionService.HistoryFilter filter, int offset, int limit) {
        return withOutputs(jdbc.sql("""
            SELECT * FROM prediction WHERE owner = :owner AND (:model = '' OR model = :model)
                AND status IN (:statuses)
                AND (:reason = '' OR failure_reason = :reason) AND (:id = '' OR id = :id)
            ORDER BY id DESC LIMIT :limit OFFSET :offset\
            """)
                .param("owner", owner)
                .param("model", filter.model())
                .param("statuses", filter.statuses())
                .param("reason", filter.reason())
                .param("id", filter.id())
                .param("limit", limit)
                .param("offset", offset)
                .query(this::read)
                .list());
    }

    public long count(String owner, PredictionService.HistoryFilter filter) {
        return jdbc.sql("""
            SELECT COUNT(*) FROM prediction WHERE owner = :owner AND (:model = '' OR model = :model)
                AND status IN (:statuses)
                AND (:reason = '' OR failure_reason = :reason) AND (:id = '' OR id = :id)\
            """)
                .param("owner", owner)
                .param("model", filter.model())
                .param("statuses", filter.statuses())
                .param("reason", filter.reason())
                .param("id", filter.id())
                .query(Long.class)
                .single();
    }

    /** Removes an ended prediction. */
    public boolean delete(String id) {
        return jdbc.sql("DELETE FROM prediction WHERE id = :id AND status IN ('completed', 'failed', 'canceled')")
                        .param("id", id)
                        .update()
                > 0;
    }

    /** Ended predictions whose time to be kept is over. */
    public List<String> expired(Instant now, int limit) {
        return jdbc.sql("SELECT id FROM prediction WHERE remove_after < :now LIMIT :limit")
                .param("now", timestamp(now))
                .param("limit", limit)
                .query(String.class)
                .list();
    }

    /** Mean seconds for a step of a pixel over the model's latest pictures; 0 when it has made none. */
    public double secondsPerPixelStep(String servedBy) {
        return latestPictures(servedBy).stream()
                .mapToDouble(o -> o.recipe().seconds()
                        / Math.max(
                                1, (double) o.width() * o.height() * o.recipe().steps()))
                .average()
                .orElse(0);
    }

    /** Mean seconds for a picture over the model's latest ones; 0 when it has made none. */
    public double secondsPerPicture(String servedBy) {
        return latestPictures(servedBy).stream()
                .mapToDouble(o -> o.recipe().seconds())
                .average()
                .orElse(0);
    }

    /** Predictions that wait, all keys together. */
    public long waiting() {
        return jdbc.sql("SELECT COUNT(*) FROM prediction WHERE status IN ('planning', 'starting')")
                .query(Long.class)
                .single();
    }

    private List<PredictionOutput> latestPictures(String servedBy) {
        return jdbc.sql("""
            SELECT o.* FROM prediction_output o JOIN prediction p ON p.id = o.prediction_id
            WHERE p.served_by = :servedBy AND o.error = '' ORDER BY o.prediction_id DESC LIMIT 20\
            """)
                .param("servedBy", servedBy)
                .query((rs, _) -> readOutput(rs))
                .list();
    }

    private List<Prediction> withOutputs(List<Prediction> predictions) {
        Map<String, List<PredictionOutput>> outputs =
                outputs(predictions.stream().map(Prediction::id).toList());
        return predictions.stream()
                .map(p -> withOutputs(p, outputs.getOrDefault(p.id(), List.of())))
                .toList();
    }

    /** What no worker has taken yet has no outputs to look for: most polls are of such predictions. */
    private Prediction withOutputs(Prediction p) {
        return p.times().startedAt() == null
                ? p
                : withOutputs(p, outputs(List.of(p.id())).getOrDefault(p.id(), List.of()));
    }

    private static Prediction withOutputs(Prediction p, List<PredictionOutput> outputs) {
        return new Prediction(p.id(), p.owner(), p.order(), p.state(), p.times(), outputs);
    }

    private Map<String, List<PredictionOutput>> outputs(List<String> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        record Row(String prediction, PredictionOutput output) {}
        return jdbc
                .sql("SELECT * FROM prediction_output WHERE prediction_id IN (:ids) ORDER BY image_index")
                .param("ids", ids)
                .query((rs, _) -> new Row(rs.getString("prediction_id"), readOutput(rs)))
                .list()
                .stream()
                .collect(Collectors.groupingBy(Row::prediction, Collectors.mapping(Row::output, Collectors.toList())));
    }

    private PredictionOutput readOutput(ResultSet rs) throws SQLException {
        return new PredictionOutput(
                rs.getInt("image_index"),
                rs.getString("media"),
                rs.getString("content_type"),
                rs.getInt("width"),
                rs.getInt("height"),
                json.readValue(rs.getString("recipe"), PredictionOutput.Recipe.class),
                Failure.of(Failure.Reason.of(rs.getString("failure_reason")), rs.getString("error")));
    }

    private Prediction read(ResultSet rs, int row) throws SQLException {
        return new Prediction(
                rs.getString("id"),
                rs.getString("owner"),
                new Prediction.Order(
                        json.readValue(rs.getString("request"), GenerationRequest.class),
                        json.readValue(rs.getString("plan"), GenerationPlan.class),
                        rs.getString("served_by"),
                        json.readValue(rs.getString("delivery"), Prediction.Delivery.class),
                        rs.getInt("priority")),
                new Prediction.State(
                        Status.of(rs.getString("status")),
                        rs.getDouble("progress"),
                        new Failure(
                                Failure.Reason.of(rs.getString("failure_reason")),
                                rs.getString("failure_field"),
                                rs.getString("error")),
                        rs.getInt("attempts"),
                        json.readValue(rs.getString("warnings"), Warnings.class)),
                new Prediction.Times(
                        instant(rs, "created_at"),
                        instant(rs, "started_at"),
                        instant(rs, "completed_at"),
                        instant(rs, "deadline")),
                List.of());
    }

    private static Instant instant(ResultSet rs, String column) throws SQLException {
        OffsetDateTime time = rs.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static OffsetDateTime timestamp(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
