package dev.atelier.server.worker;

import dev.atelier.server.error.ApiException;
import dev.atelier.server.prediction.Prediction;
import dev.atelier.server.prediction.PredictionOutput;
import dev.atelier.server.prediction.PredictionRepository;
import dev.atelier.server.prediction.Status;
import dev.atelier.server.queue.Holder;
import dev.atelier.server.queue.Ledger;
import java.io.UncheckedIOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** How predictions end: with the pictures there are, or with a reason that its caller can read. */
@Component
class Ends {
    private static final Logger log = LoggerFactory.getLogger(Ends.class);

    private final Ledger ledger;
    private final PredictionRepository predictions;
    private final WorkerMetrics metrics;

    Ends(Ledger ledger, PredictionRepository predictions, WorkerMetrics metrics) {
        this.ledger = ledger;
        this.predictions = predictions;
        this.metrics = metrics;
    }

    void started(Prediction prediction) {
        metrics.started(prediction);
    }

    /**
     * Ends a held prediction: completed when it has a picture, else failed.
     *
     * @param failure what stopped it; empty when nothing did
     */
    void finish(Prediction held, String failure, Holder holder) {
        List<PredictionOutput> outputs =
                predictions.find(held.id()).map(Prediction::outputs).orElse(List.of());
        boolean made = outputs.stream().anyMatch(PredictionOutput::succeeded);
        String error = failure.isEmpty()
                ? outputs.stream()
                        .map(PredictionOutput::error)
                        .filter(e -> !e.isEmpty())
                        .findFirst()
                        .orElse("")
                : failure;
        ledger.end(held.id(), made ? Status.COMPLETED : Status.FAILED, error, holder)
                .ifPresent(ended -> {
                    metrics.ended(ended);
                    log.info("{} {}{}", ended.id(), ended.status().label(), error.isEmpty() ? "" : ": " + error);
                });
    }

    /** What a caller is told of an unexpected failure; the log keeps the rest. */
    String reason(Throwable failure, List<String> ids) {
        return switch (failure) {
            case ApiException e -> e.getMessage();
            case IllegalArgumentException e -> e.getMessage();
            case IllegalStateException e -> logged(e, ids, e.getMessage());
            case UncheckedIOException e -> logged(e, ids, e.getMessage());
            case OutOfMemoryError e -> logged(e, ids, "the picture needs more memory than this service has");
            default -> logged(failure, ids, "an internal error; the service's log has it under the prediction's id");
        };
    }

    private static String logged(Throwable failure, List<String> ids, String reason) {
        log.error("{} failed", ids, failure);
        return reason;
    }
}
