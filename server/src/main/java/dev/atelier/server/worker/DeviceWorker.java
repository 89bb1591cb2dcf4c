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
 * The work of one device, one stretch at a time: claim, make, end. Whatever goes wrong with a prediction ends that prediction
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
            ModelPool pool,
            Studio studio,
            Recorder recorder,
            Ends ends,
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
                tools.queue().claimAlike(first, leases.holder(), tools.studio().roomBeside(first)));
        Stretch stretch = new Stretch(predictions, tools.clock());
        try (Subscription _ = leases.keep(stretch);
                MDC.MDCCloseable _ = MDC.putCloseable("prediction", String.join(",", stretch.ids()));
                Traces.Work work = tools.traces().work(predictions)) {
            log.info("{} starts, attempt {}", stretch.ids(), first.state().attempts());
            predictions.forEach(tools.ends()::started);
            make(stretch, work);
        }
    }

    private void make(Stretch stretch, Traces.Work work) {
        try {
            stopped.check();
            finish(stretch, outcome(stretch, work));
        } catch (CancellationException e) {
            // Cancelled or lost predictions are settled already: handing back changes only what is still held.
            stretch.ids().forEach(id -> tools.queue().handBack(id, leases.holder()));
            log.info("{} stopped", stretch.ids());
        }
    }

    private Failure outcome(Stretch stretch, Traces.Work work) {
        try {
            run(stretch);
            return Failure.NONE;
        } catch (CancellationException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            work.error(e);
            return tools.ends().failure(e, stretch.ids());
        }
    }

    /** An end is written also past the deadline, and however long the database is away. */
    private void finish(Stretch stretch, Failure failure) {
        for (Prediction prediction : stretch.predictions()) {
            Insistence.on("the end of " + prediction.id(), stopped, () -> {
                tools.ends().finish(prediction, failure, leases.holder());
                return prediction;
            });
        }
    }

    private void run(Stretch stretch) {
        Prediction first = stretch.predictions().getFirst();
        ImagePipeline pipeline = pipeline(first);
        try (Recorder.Session record = tools.recorder().open(leases.holder(), stretch.cancellation())) {
            if (stretch.predictions().size() > 1) {
                together(stretch, pipeline, record);
            } else {
                tools.studio().make(prepare(first, stretch), pipeline, record, stretch.cancellation());
            }
            record.flush();
        }
    }

    private Job prepare(Prediction prediction, Stretch stretch) {
        return Insistence.on(
                "reading the references of " + prediction.id(),
                stretch.cancellation(),
                () -> tools.studio().prepare(prediction));
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

    private void together(Stretch stretch, ImagePipeline pipeline, Recorder.Session record) {
        List<Job> jobs =
                stretch.predictions().stream().map(p -> prepare(p, stretch)).toList();
        try {
            tools.studio().makeTogether(jobs, pipeline, record, stretch.cancellation());
        } catch (EngineException e) {
            log.warn("a pass for {} predictions failed; each is made alone: {}", jobs.size(), e.getMessage());
            jobs.forEach(job -> tools.studio().make(job, pipeline, record, stretch.cancellation()));
        }
    }
}
