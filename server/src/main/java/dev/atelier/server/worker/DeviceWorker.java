package dev.atelier.server.worker;

import dev.atelier.engine.pipeline.Cancellation;
import dev.atelier.server.prediction.Failure;
import dev.atelier.server.prediction.Prediction;
import dev.atelier.server.prediction.PredictionService.Subscription;
import dev.atelier.server.queue.Traces;
import dev.atelier.server.queue.WorkQueue;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * The work of one device, one batch at a time: claim, make, end. Whatever goes wrong with a prediction ends that prediction
 * with a reason; the worker goes on.
 */
final class DeviceWorker {
    private static final Logger log = LoggerFactory.getLogger(DeviceWorker.class);

    private final Set<String> models;
    private final Leases leases;
    private final WorkQueue queue;
    private final Traces traces;
    private final BatchRunner runner;
    private final PredictionCompletion completion;
    private final Clock clock;
    private final Cancellation stopped = Cancellation.none();

    /** @param models ids of the models that run on this device */
    DeviceWorker(
            Set<String> models,
            Leases leases,
            WorkQueue queue,
            Traces traces,
            BatchRunner runner,
            PredictionCompletion completion,
            Clock clock) {
        this.models = models;
        this.leases = leases;
        this.queue = queue;
        this.traces = traces;
        this.runner = runner;
        this.completion = completion;
        this.clock = clock;
    }

    /**
     * Claims what is next and makes it.
     *
     * @return false when nothing waits
     */
    boolean workOnce() {
        Optional<Prediction> claimed = queue.claim(leases.holder(), models);
        claimed.ifPresent(this::work);
        return claimed.isPresent();
    }

    /** Makes {@link #workOnce} hand back what it is making, at the next step. */
    void stop() {
        stopped.cancel();
        leases.stop();
    }

    private void work(Prediction first) {
        List<Prediction> predictions = new ArrayList<>(List.of(first));
        predictions.addAll(queue.claimAlike(first, leases.holder(), runner.roomBeside(first)));
        ClaimedBatch batch = new ClaimedBatch(predictions, clock);
        try (Subscription _ = leases.keep(batch);
                MDC.MDCCloseable _ = MDC.putCloseable("prediction", String.join(",", batch.ids()));
                Traces.Work work = traces.work(predictions)) {
            log.info("{} starts, attempt {}", batch.ids(), first.state().attempts());
            predictions.forEach(completion::started);
            make(batch, work);
        }
    }

    private void make(ClaimedBatch batch, Traces.Work work) {
        try {
            stopped.check();
            finish(batch, outcome(batch, work));
        } catch (CancellationException e) {
            // Cancelled or lost predictions are settled already: handing back changes only what is still held.
            batch.ids().forEach(id -> queue.handBack(id, leases.holder()));
            log.info("{} stopped", batch.ids());
        }
    }

    private Failure outcome(ClaimedBatch batch, Traces.Work work) {
        try {
            runner.run(batch, leases.holder());
            return Failure.NONE;
        } catch (CancellationException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            work.error(e);
            return completion.failure(e, batch.ids());
        }
    }

    /** An end is written also past the deadline, and however long the database is away. */
    private void finish(ClaimedBatch batch, Failure failure) {
        for (Prediction prediction : batch.predictions()) {
            Insistence.on("the end of " + prediction.id(), stopped, () -> {
                completion.finish(prediction, failure, leases.holder());
                return prediction;
            });
        }
    }
}
