package dev.atelier.server.worker;

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
import org.springframework.dao.DataAccessException;
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
    private volatile boolean stopping;

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
        stopping = true;
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
            if (stopping) {
                throw new CancellationException();
            }
            run(stretch);
            finish(stretch, Failure.NONE);
        } catch (CancellationException e) {
            // Cancelled or lost predictions are settled already: handing back changes only what is still held.
            stretch.ids().forEach(id -> tools.queue().handBack(id, leases.holder()));
            log.info("{} stopped", stretch.ids());
        } catch (DataAccessException e) {
            log.error(
                    "the database failed while {} were made; they are tried again once their lease has run out: {}",
                    stretch.ids(),
                    e.getMessage());
        } catch (RuntimeException | Error e) {
            work.error(e);
            finish(stretch, tools.ends().failure(e, stretch.ids()));
        }
    }

    private void finish(Stretch stretch, Failure failure) {
        stretch.predictions().forEach(p -> tools.ends().finish(p, failure, leases.holder()));
    }

    private void run(Stretch stretch) {
        Prediction first = stretch.predictions().getFirst();
        ImagePipeline pipeline = pipeline(first);
        try (Recorder.Session record = tools.recorder().open(leases.holder())) {
            if (stretch.predictions().size() > 1) {
                together(stretch, pipeline, record);
            } else {
                tools.studio().make(tools.studio().prepare(first), pipeline, record, stretch.cancellation());
            }
            record.flush();
        }
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
                stretch.predictions().stream().map(tools.studio()::prepare).toList();
        try {
            tools.studio().makeTogether(jobs, pipeline, record, stretch.cancellation());
        } catch (EngineException e) {
            log.warn("a pass for {} predictions failed; each is made alone: {}", jobs.size(), e.getMessage());
            jobs.forEach(job -> tools.studio().make(job, pipeline, record, stretch.cancellation()));
        }
    }
}
