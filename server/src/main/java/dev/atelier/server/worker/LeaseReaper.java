package dev.atelier.server.worker;

import dev.atelier.server.AtelierProperties;
import dev.atelier.server.database.ExclusiveDatabase;
import dev.atelier.server.prediction.Failure;
import dev.atelier.server.prediction.Prediction;
import dev.atelier.server.prediction.PredictionRepository;
import dev.atelier.server.queue.Ledger;
import dev.atelier.server.queue.WorkQueue;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Looks after what no worker holds: work of dead workers, and predictions that have waited past their deadline. */
@Component
class LeaseReaper {
    private static final Logger log = LoggerFactory.getLogger(LeaseReaper.class);
    private static final int AT_ONCE = 100;

    private final WorkQueue queue;
    private final Ledger ledger;
    private final PredictionRepository predictions;
    private final WorkerMetrics metrics;
    private final ExclusiveDatabase database;
    private final int maxAttempts;

    LeaseReaper(
            WorkQueue queue,
            Ledger ledger,
            PredictionRepository predictions,
            WorkerMetrics metrics,
            ExclusiveDatabase database,
            AtelierProperties properties) {
        this.queue = queue;
        this.ledger = ledger;
        this.predictions = predictions;
        this.metrics = metrics;
        this.database = database;
        this.maxAttempts = properties.worker().maxAttempts();
    }

    /** At the start of a process that has the database to itself nobody else can hold a lease: what the last one left is taken up at once. */
    void takeOver() {
        if (database.isExclusive()) {
            queue.endLeases();
        }
    }

    /** Safe to run in several processes at once, and again at any time. */
    void run() {
        try {
            queue.abandoned().forEach(this::settleAbandoned);
            for (List<String> ids = queue.overdue(AT_ONCE); !ids.isEmpty(); ids = queue.overdue(AT_ONCE)) {
                ids.forEach(this::failOverdue);
            }
        } catch (RuntimeException e) {
            // Whatever it is: an exception would end the timer that this runs on.
            log.warn("looking after the queue failed and is tried again: {}", e.getMessage());
        }
    }

    private void failOverdue(String id) {
        ledger.failWaiting(id, Failure.of(Failure.Reason.DEADLINE, "the deadline passed before a worker was free"))
                .ifPresent(metrics::ended);
    }

    private void settleAbandoned(String id) {
        Optional<Prediction> found = predictions.find(id);
        int attempts = found.map(p -> p.state().attempts()).orElse(0);
        if (attempts >= maxAttempts) {
            ledger.failAbandoned(
                            id,
                            Failure.of(
                                    Failure.Reason.ABANDONED,
                                    "the service stopped " + attempts + " times while it was being made"))
                    .ifPresent(metrics::ended);
        } else if (queue.requeue(id)) {
            log.info("{} was left by a worker that is gone and waits again, after attempt {}", id, attempts);
        }
    }
}
