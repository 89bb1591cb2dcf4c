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
    private final PredictionRepository predictions;
    private final Quotas quotas;
    private final UsageRecords usage;
    private final ApplicationEventPublisher publisher;
    private final PredictionEvents events;
    private final Clock clock;
    private final Duration deadline;

    AcceptedPredictions(
            TransactionTemplate transactions,
            PredictionRepository predictions,
            Quotas quotas,
            UsageRecords usage,
            ApplicationEventPublisher publisher,
            PredictionEvents events,
            Clock clock,
            AtelierProperties properties) {
        this.transactions = transactions;
        this.predictions = predictions;
        this.quotas = quotas;
        this.usage = usage;
        this.publisher = publisher;
        this.events = events;
        this.clock = clock;
        this.deadline = properties.queue().deadline();
    }

    /** @param trace the submission's trace context; empty: none */
    Prediction store(Prediction.Order order, Warnings warnings, String trace, ApiKey key) {
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
            quotas.require(key, order.plan().shots().size(), now);
            predictions.insert(prediction, trace);
            usage.accepted(prediction);
        });
        events.publish(key.id(), new KeyEvent.Accepted(prediction));
        publisher.publishEvent(new WorkWaits());
        return prediction;
    }
}
