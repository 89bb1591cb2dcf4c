package dev.atelier.server.queue;

import dev.atelier.server.prediction.Failure;
import dev.atelier.server.prediction.Prediction;
import dev.atelier.server.prediction.PredictionEvent;
import dev.atelier.server.prediction.PredictionEvents;
import dev.atelier.server.prediction.PredictionRepository;
import dev.atelier.server.prediction.Status;
import dev.atelier.server.usage.UsageRecords;
import dev.atelier.server.webhook.WebhookSender;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes how predictions end. Every write names who may make it (the lease's holder, or nobody's while it waits), so a worker that has
 * lost its lease changes nothing, and an end is written once: state, usage and webhook in one transaction.
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
    private final Clock clock;
    private final UsageRecords usage;
    private final WebhookSender webhooks;

    Ledger(
            JdbcClient jdbc,
            TransactionTemplate transactions,
            PredictionRepository predictions,
            PredictionEvents events,
            Clock clock,
            UsageRecords usage,
            WebhookSender webhooks) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.predictions = predictions;
        this.events = events;
        this.clock = clock;
        this.usage = usage;
        this.webhooks = webhooks;
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

    /** Ends a prediction that waits, is being planned or made; whoever holds it has lost it and stops. */
    public Optional<Prediction> cancel(String id) {
        return end(id, new Ending(From.OPEN, Status.CANCELED, BY_CALLER, ""));
    }

    /** The state that an end starts from, so that it happens once. */
    private enum From {
        HELD("status = 'processing' AND lease_owner = :holder"),
        WAITING("status IN ('planning', 'starting')"),
        ABANDONED("status = 'processing' AND lease_until < :now"),
        OPEN("status IN ('planning', 'starting', 'processing')");

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
            usage.ended(prediction);
            if (!prediction.order().delivery().webhookUrl().isEmpty()) {
                webhooks.enqueue(prediction);
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
