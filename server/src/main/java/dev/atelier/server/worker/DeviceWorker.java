package dev.atelier.server.worker;

import dev.atelier.engine.pipeline.Cancellation;
import dev.atelier.engine.pipeline.ImagePipeline;
import dev.atelier.engine.tensor.EngineException;
import dev.atelier.server.catalog.Catalog;
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
import org.springframework.stereotype.Component;

/**
 * The work of one device, one batch at a time: claim, make, end. Whatever goes wrong with a prediction ends that prediction
 * with a reason; the worker goes on.
 */
final class DeviceWorker {
    private static final Logger log = LoggerFactory.getLogger(DeviceWorker.class);

    private final Set<String> models;
    private final Tools tools;
    private final Leases leases;
    private final Cancellation stopped = Cancellation.none();

    /** What every device's worker shares. */
    @Component
    record Tools(
            WorkQueue queue,
            Traces traces,
            Catalog catalog,
            LoadedModels pool,
            PredictionRunner runner,
            Recorder recorder,
            PredictionCompletion ends,
            Clock clock) {}

    /** @param models ids of the models that run on this device */
    DeviceWorker(Set<String> models, Tools tools, Leases leases) {
        this.models = models;
        this.tools = tools;
        this.leases = leases;
    }

    /**
     * Claims what is next and makes it.
     *
     * @return false when nothing waits
     */
    boolean workOnce() {
        Optional<Prediction> claimed = tools.queue().claim(leases.holder(), models);
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
        predictions.addAll(
                tools.queue().claimAlike(first, leases.holder(), tools.runner().roomBeside(first)));
        ClaimedBatch batch = new ClaimedBatch(predictions, tools.clock());
        try (Subscription _ = leases.keep(batch);
                MDC.MDCCloseable _ = MDC.putCloseable("prediction", String.join(",", batch.ids()));
                Traces.Work work = tools.traces().work(predictions)) {
            log.info("{} starts, attempt {}", batch.ids(), first.state().attempts());
            predictions.forEach(tools.ends()::started);
            make(batch, work);
        }
    }

    private void make(ClaimedBatch batch, Traces.Work work) {
        try {
            stopped.check();
            finish(batch, outcome(batch, work));
        } catch (CancellationException e) {
            // Cancelled or lost predictions are settled already: handing back changes only what is still held.
            batch.ids().forEach(id -> tools.queue().handBack(id, leases.holder()));
            log.info("{} stopped", batch.ids());
        }
    }

    private Failure outcome(ClaimedBatch batch, Traces.Work work) {
        try {
            run(batch);
            return Failure.NONE;
        } catch (CancellationException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            work.error(e);
            return tools.ends().failure(e, batch.ids());
        }
    }

    /** An end is written also past the deadline, and however long the database is away. */
    private void finish(ClaimedBatch batch, Failure failure) {
        for (Prediction prediction : batch.predictions()) {
            Insistence.on("the end of " + prediction.id(), stopped, () -> {
                tools.ends().finish(prediction, failure, leases.holder());
                return prediction;
            });
        }
    }

    private void run(ClaimedBatch batch) {
        Prediction first = batch.predictions().getFirst();
        ImagePipeline pipeline = pipeline(first);
        try (Recorder.Session record = tools.recorder().open(pipeline.info(), leases.holder(), batch.cancellation())) {
            if (batch.predictions().size() > 1) {
                together(batch, pipeline, record);
            } else {
                tools.runner().make(prepare(first, batch), pipeline, record, batch.cancellation());
            }
            record.flush();
        }
    }

    private Job prepare(Prediction prediction, ClaimedBatch batch) {
        return Insistence.on(
                "reading the references of " + prediction.id(),
                batch.cancellation(),
                () -> tools.runner().prepare(prediction));
    }

    /** Callers are not told where models lie; the log is. */
    private ImagePipeline pipeline(Prediction prediction) {
        String model = prediction.order().servedBy();
        try {
            return tools.pool().get(tools.catalog().model(model));
        } catch (EngineException e) {
            throw new EngineException("model " + model + " cannot be loaded; the service's log says why", e);
        }
    }

    private void together(ClaimedBatch batch, ImagePipeline pipeline, Recorder.Session record) {
        List<Job> jobs =
                batch.predictions().stream().map(p -> prepare(p, batch)).toList();
        try {
            tools.runner().makeTogether(jobs, pipeline, record, batch.cancellation());
        } catch (EngineException e) {
            log.warn("a pass for {} predictions failed; each is made alone: {}", jobs.size(), e.getMessage());
            jobs.forEach(job -> tools.runner().make(job, pipeline, record, batch.cancellation()));
        }
    }
}
