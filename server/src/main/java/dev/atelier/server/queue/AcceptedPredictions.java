package dev.atelier.server.queue;

import dev.atelier.server.AtelierProperties;
import dev.atelier.server.access.ApiKey;
import dev.atelier.server.access.Quotas;
import dev.atelier.server.prediction.Failure;
import dev.atelier.server.prediction.KeyEvent;
import dev.atelier.server.prediction.Prediction;
import dev.atelier.server.prediction.PredictionEvents;
import dev.atelier.server.prediction.PredictionId;
import dev.atelier.server.prediction.PredictionRepository;
import dev.atelier.server.prediction.Status;
import dev.atelier.server.prediction.SubmissionKey;
import dev.atelier.server.prediction.Warnings;
import dev.atelier.server.usage.UsageRecords;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Stores accepted predictions: the prediction, its place in the queue and its usage record in one transaction. */
@Component
class AcceptedPredictions {
    private final TransactionTemplate transactions;
    private final Rows rows;
    private final Quotas quotas;
    private final ApplicationEventPublisher publisher;
    private final PredictionEvents events;
    private final Clock clock;
    private final Duration deadline;

    /** What an accepted prediction leaves in the database. */
    @Component
    record Rows(PredictionRepository predictions, UsageRecords usage, Submissions submissions) {}

    AcceptedPredictions(
            TransactionTemplate transactions,
            Rows rows,
            Quotas quotas,
            ApplicationEventPublisher publisher,
            PredictionEvents events,
            Clock clock,
            AtelierProperties properties) {
        this.transactions = transactions;
        this.rows = rows;
        this.quotas = quotas;
        this.publisher = publisher;
        this.events = events;
        this.clock = clock;
        this.deadline = properties.queue().deadline();
    }

    /**
     * @param trace the submission's trace context; empty: none
     * @throws org.springframework.dao.DuplicateKeyException when {@code once} has been stored before
     */
    Prediction store(Prediction.Order order, Warnings warnings, String trace, ApiKey key, SubmissionKey once) {
        // Databases keep microseconds: what is answered now must equal what is read later.
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Prediction prediction = new Prediction(
                PredictionId.next(now),
                key.id(),
                order,
                new Prediction.State(Status.STARTING, 0, Failure.NONE, 0, warnings),
                new Prediction.Times(now, null, null, now.plus(deadline)),
                List.of());
        transactions.executeWithoutResult(_ -> {
            // First, so that a submission that waits for another of the same name uses up no quota.
            rows.submissions().note(once, prediction);
            quotas.require(key, order.plan().shots().size(), now);
            rows.predictions().insert(prediction, trace);
            rows.usage().accepted(prediction);
        });
        events.publish(key.id(), new KeyEvent.Accepted(prediction));
        publisher.publishEvent(new PredictionQueued());
        return prediction;
    }
}
