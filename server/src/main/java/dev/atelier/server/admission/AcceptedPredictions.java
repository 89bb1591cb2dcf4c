package dev.atelier.server.admission;

import dev.atelier.server.AtelierProperties;
import dev.atelier.server.prediction.Failure;
import dev.atelier.server.prediction.KeyEvent;
import dev.atelier.server.prediction.Owner;
import dev.atelier.server.prediction.Prediction;
import dev.atelier.server.prediction.PredictionEvents;
import dev.atelier.server.prediction.PredictionId;
import dev.atelier.server.prediction.Status;
import dev.atelier.server.prediction.SubmissionKey;
import dev.atelier.server.prediction.Warnings;
import dev.atelier.server.queue.PredictionQueued;
import dev.atelier.server.queue.Traces;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Makes predictions of what was accepted, and tells those who wait for them. */
@Component
class AcceptedPredictions {
    private final AcceptanceRecord record;
    private final QueueCapacity capacity;
    private final Traces traces;
    private final PredictionEvents events;
    private final ApplicationEventPublisher publisher;
    private final Clock clock;
    private final Duration deadline;

    AcceptedPredictions(
            AcceptanceRecord record,
            QueueCapacity capacity,
            Traces traces,
            PredictionEvents events,
            ApplicationEventPublisher publisher,
            Clock clock,
            AtelierProperties properties) {
        this.record = record;
        this.capacity = capacity;
        this.traces = traces;
        this.events = events;
        this.publisher = publisher;
        this.clock = clock;
        this.deadline = properties.queue().deadline();
    }

    /** What the same submission of the same owner has made before. */
    Optional<Prediction> earlier(SubmissionKey once, Owner owner) {
        return record.earlier(once, owner);
    }

    /** @throws dev.atelier.server.error.ApiException 503 when the queue is full */
    void requireRoom() {
        capacity.require();
    }

    /**
     * Stores an order; once this returns, nothing loses it.
     *
     * @param waits for what: {@link Status#PLANNING}, a better plan, or {@link Status#STARTING}, a device
     * @throws org.springframework.dao.DuplicateKeyException when {@code once} has been stored before
     */
    Prediction store(Prediction.Order order, Status waits, Warnings warnings, Owner owner, SubmissionKey once) {
        // Databases keep microseconds: what is answered now must equal what is read later.
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Prediction prediction = new Prediction(
                PredictionId.next(now),
                owner.id(),
                order,
                new Prediction.State(waits, 0, Failure.NONE, 0, warnings),
                new Prediction.Times(now, null, null, now.plus(deadline)),
                List.of());
        traces.submission(prediction, trace -> record.write(prediction, trace, owner, once));
        capacity.entered();
        events.publish(owner.id(), new KeyEvent.Accepted(prediction));
        publisher.publishEvent(new PredictionQueued(waits));
        return prediction;
    }
}
