package dev.atelier.server.worker;

import dev.atelier.engine.pipeline.Cancellation.DeadlineExceededException;
import dev.atelier.engine.tensor.EngineException;
import dev.atelier.engine.tensor.EngineException.OutOfDeviceMemoryException;
import dev.atelier.prompt.InvalidRequestException;
import dev.atelier.server.error.ApiException;
import dev.atelier.server.error.Outages.StorageException;
import dev.atelier.server.prediction.Failure;
import dev.atelier.server.prediction.Prediction;
import dev.atelier.server.prediction.PredictionOutput;
import dev.atelier.server.prediction.PredictionRepository;
import dev.atelier.server.prediction.Status;
import dev.atelier.server.queue.LeaseOwner;
import dev.atelier.server.queue.Ledger;
import dev.atelier.server.queue.OutputLedger;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** How predictions end: with the pictures there are, or with a reason that its caller can read. */
@Component
class PredictionCompletion {
    private static final Logger log = LoggerFactory.getLogger(PredictionCompletion.class);

    private final Ledger ledger;
    private final OutputLedger outputLedger;
    private final PredictionRepository predictions;
    private final WorkerMetrics metrics;

    PredictionCompletion(
            Ledger ledger, OutputLedger outputLedger, PredictionRepository predictions, WorkerMetrics metrics) {
        this.ledger = ledger;
        this.outputLedger = outputLedger;
        this.predictions = predictions;
        this.metrics = metrics;
    }

    void started(Prediction prediction) {
        metrics.started(prediction);
    }

    /** Ends a held prediction: completed when it has a picture, whatever stopped it, else failed. */
    void finish(Prediction held, Failure failure, LeaseOwner holder) {
        List<PredictionOutput> outputs =
                predictions.find(held.id()).map(Prediction::outputs).orElse(List.of());
        boolean made = outputs.stream().anyMatch(PredictionOutput::succeeded);
        Failure told = failure.equals(Failure.NONE) ? ofPictures(outputs) : failure;
        if (made) {
            outputLedger.warn(held.id(), missing(held, outputs), holder);
        }
        ledger.end(held.id(), made ? Status.COMPLETED : Status.FAILED, told, holder)
                .ifPresent(ended -> {
                    metrics.ended(ended);
                    log.info(
                            "{} {}{}",
                            ended.id(),
                            ended.status().label(),
                            told.message().isEmpty() ? "" : ": " + told.message());
                });
    }

    /** What is told of a prediction that ends with fewer pictures than were planned. */
    private static List<String> missing(Prediction held, List<PredictionOutput> outputs) {
        int planned = held.order().plan().shots().size();
        long made = outputs.stream().filter(PredictionOutput::succeeded).count();
        if (made == planned) {
            return List.of();
        }
        List<String> told = new ArrayList<>(
                List.of(made + " of " + planned + " pictures were made; the others failed or were not begun in time"));
        outputs.stream()
                .filter(output -> !output.succeeded())
                .forEach(output -> told.add("picture " + (output.index() + 1) + " failed: " + output.error()));
        return told;
    }

    private static Failure ofPictures(List<PredictionOutput> outputs) {
        return outputs.stream()
                .map(PredictionOutput::error)
                .filter(error -> !error.isEmpty())
                .findFirst()
                .map(error -> Failure.of(Failure.Reason.ENGINE, error))
                .orElse(Failure.NONE);
    }

    /** What a caller is told of a failure; the log keeps the rest of an unexpected one. */
    Failure failure(Throwable thrown, List<String> ids) {
        return switch (thrown) {
            case DeadlineExceededException e -> Failure.of(Failure.Reason.DEADLINE, e.getMessage());
            case ApiException e -> new Failure(Failure.Reason.REFERENCE, e.field(), e.getMessage());
            case InvalidRequestException e -> new Failure(Failure.Reason.REQUEST, e.field(), e.getMessage());
            case IllegalArgumentException e -> Failure.of(Failure.Reason.REQUEST, e.getMessage());
            case OutOfDeviceMemoryException e -> Failure.of(Failure.Reason.MEMORY, e.getMessage());
            case OutOfMemoryError e ->
                Failure.of(Failure.Reason.MEMORY, "the picture needs more memory than this service has");
            case EngineException e -> logged(e, ids, e.getMessage());
            case IllegalStateException e -> logged(e, ids, e.getMessage());
            case StorageException e -> logged(e, ids, e.getMessage());
            default -> logged(thrown, ids, "an internal error; the service's log has it under the prediction's id");
        };
    }

    private static Failure logged(Throwable thrown, List<String> ids, String message) {
        log.error("{} failed", ids, thrown);
        return Failure.of(Failure.Reason.ENGINE, message);
    }
}
