package dev.atelier.server.worker;

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
                .filter(output -> !output.succeeded())
                .findFirst()
                .map(PredictionOutput::failure)
                .orElse(Failure.NONE);
    }

    /** What a caller is told of a failure; the log keeps the rest of one that is the service's own. */
    Failure failure(Throwable thrown, List<String> ids) {
        Failure failure = Failures.of(thrown);
        if (failure.reason() == Failure.Reason.ENGINE) {
            log.error("{} failed", ids, thrown);
        }
        return failure;
    }
}
