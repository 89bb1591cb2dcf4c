package dev.atelier.server.queue;

import dev.atelier.server.prediction.Failure;
import dev.atelier.server.prediction.Prediction;
import dev.atelier.server.prediction.PredictionEvent;
import dev.atelier.server.prediction.PredictionEvents;
import dev.atelier.server.prediction.PredictionOutput;
import dev.atelier.server.prediction.PredictionRepository;
import dev.atelier.server.prediction.Status;
import dev.atelier.server.usage.UsageRecords;
import dev.atelier.server.webhook.WebhookSender;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes what has become of a prediction. Every write names who may make it (the lease's holder, or nobody's while it waits), so
 * a worker that has lost its lease changes nothing, and an end is written once: state, usage and webhook in one transaction.
 */
@Component
public class Ledger {
    private static final int MAX_ERROR = 2000;
    private static final int MAX_FIELD = 100;
    private static final Failure BY_CALLER = Failure.of(Failure.Reason.CANCELED, "canceled by the caller");

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final PredictionRepository predictions;
    private final PredictionEvents events;
    private final JsonMapper json;
    private final Clock clock;
    private final Endings endings;

    Ledger(
            JdbcClient jdbc,
            TransactionTemplate transactions,
            PredictionRepository predictions,
            PredictionEvents events,
            JsonMapper json,
            Clock clock,
            Endings endings) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.predictions = predictions;
        this.events = events;
        this.json = json;
        this.clock = clock;
        this.endings = endings;
    }

    /** What else an end sets off, in its transaction. */
    @Component
    record Endings(UsageRecords usage, WebhookSender webhooks) {}

    /**
     * Records a picture that is made (its file is stored already), or that failed, of a prediction that {@code holder} holds.
     *
     * @return whether it was recorded: not when the lease is lost or the picture is there already
     */
    public boolean record(String id, PredictionOutput output, LeaseOwner holder) {
        boolean recorded = jdbc.sql("""
            INSERT INTO prediction_output
                (prediction_id, image_index, media, content_type, width, height, recipe, error)
            SELECT p.id, :index, :media, :contentType, :width, :height, :recipe, :error
            FROM prediction p
            WHERE p.id = :id AND p.lease_owner = :holder AND p.status = 'processing' AND NOT EXISTS (
                SELECT 1 FROM prediction_output o WHERE o.prediction_id = p.id AND o.image_index = :index)\
            """)
                        .param("index", output.index())
                        .param("media", output.media())
                        .param("contentType", output.contentType())
                        .param("width", output.width())
                        .param("height", output.height())
                        .param("recipe", json.writeValueAsString(output.recipe()))
                        .param("error", bounded(output.error(), MAX_ERROR))
                        .param("id", id)
                        .param("holder", holder.id())
                        .update()
                > 0;
        if (recorded) {
            forgetAttempts(id, holder);
            events.publish(id, new PredictionEvent.OutputReady(output));
        }
        return recorded;
    }

    /** Progress resets the count of attempts, by which predictions that kill their workers are found. */
    private void forgetAttempts(String id, LeaseOwner holder) {
        jdbc.sql("UPDATE prediction SET attempts = 1 WHERE id = :id AND lease_owner = :holder AND attempts > 1")
                .param("id", id)
                .param("holder", holder.id())
                .update();
    }

    /** Adds to what the caller of a prediction that {@code holder} holds is told. */
    public void warn(String id, List<String> warnings, LeaseOwner holder) {
        if (warnings.isEmpty()) {
            return;
        }
        // Only the holder of the lease writes this column, so nothing comes between.
        predictions
                .find(id)
                .map(held -> held.state().warnings().and(warnings))
                .ifPresent(all -> jdbc.sql(
                                "UPDATE prediction SET warnings = :warnings WHERE id = :id AND lease_owner = :holder")
                        .param("warnings", json.writeValueAsString(all))
                        .param("id", id)
                        .param("holder", holder.id())
                        .update());
    }

    /** Ends a prediction that {@code holder} holds; empty when it has lost the lease. */
    public Optional<Prediction> end(String id, Status status, Failure failure, LeaseOwner holder) {
        return end(id, new Ending(From.HELD, status, failure, holder.id()));
    }

    /** Fails a prediction that waits; empty when it does not. */
    public Optional<Prediction> failWaiting(String id, Failure failure) {
        return end(id, new Ending(From.WAITING, Status.FAILED, failure, ""));
    }

    /** Fails a prediction whose holder let its lease run out. */
    public Optional<Prediction> failAbandoned(String id, Failure failure) {
        return end(id, new Ending(From.ABANDONED, Status.FAILED, failure, ""));
    }

    /** Ends a prediction that waits or is being made; whoever holds it has lost it and stops. */
    public Optional<Prediction> cancel(String id) {
        return end(id, new Ending(From.OPEN, Status.CANCELED, BY_CALLER, ""));
    }

    /** The state that an end starts from, so that it happens once. */
    private enum From {
        HELD("status = 'processing' AND lease_owner = :holder"),
        WAITING("status = 'starting'"),
        ABANDONED("status = 'processing' AND lease_until < :now"),
        OPEN("status IN ('starting', 'processing')");

        private final String condition;

        From(String condition) {
            this.condition = condition;
        }
    }

    private record Ending(From from, Status status, Failure failure, String holder) {}

    private Optional<Prediction> end(String id, Ending ending) {
        Optional<Prediction> ended = transactions.execute(_ -> {
            if (!update(id, ending)) {
                return Optional.empty();
            }
            Prediction prediction = predictions.find(id).orElseThrow();
            keep(prediction);
            endings.usage().ended(prediction);
            if (!prediction.order().delivery().webhookUrl().isEmpty()) {
                endings.webhooks().enqueue(prediction);
            }
            return Optional.of(prediction);
        });
        ended.ifPresent(prediction -> events.publish(id, new PredictionEvent.Done(prediction)));
        return ended;
    }

    private boolean update(String id, Ending ending) {
        return jdbc.sql("""
            UPDATE prediction SET status = :status, error = :error, failure_reason = :reason,
                failure_field = :field, completed_at = :now, lease_owner = NULL,
                lease_until = NULL, progress = CASE WHEN :status = 'completed' THEN 1 ELSE progress END
            WHERE id = :id AND %s\
            """.formatted(ending.from().condition))
                        .param("status", ending.status().label())
                        .param("error", bounded(ending.failure().message(), MAX_ERROR))
                        .param("reason", ending.failure().reason().label())
                        .param("field", bounded(ending.failure().field(), MAX_FIELD))
                        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                        .param("holder", ending.holder())
                        .param("id", id)
                        .update()
                > 0;
    }

    private void keep(Prediction ended) {
        Instant until =
                ended.times().completedAt().plus(ended.order().delivery().keepRequest());
        jdbc.sql("UPDATE prediction SET remove_after = :until WHERE id = :id")
                .param("until", until.atOffset(ZoneOffset.UTC))
                .param("id", ended.id())
                .update();
    }

    private static String bounded(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most);
    }
}
