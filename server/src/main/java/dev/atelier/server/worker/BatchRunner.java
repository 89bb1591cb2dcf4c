package dev.atelier.server.worker;

import dev.atelier.engine.pipeline.ImagePipeline;
import dev.atelier.engine.tensor.EngineException;
import dev.atelier.server.catalog.Catalog;
import dev.atelier.server.prediction.Prediction;
import dev.atelier.server.queue.LeaseOwner;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Makes claimed batches on the model that serves them and has recorded what comes of it. */
@Component
class BatchRunner {
    private static final Logger log = LoggerFactory.getLogger(BatchRunner.class);

    private final Catalog catalog;
    private final LoadedModels pool;
    private final PredictionRunner runner;
    private final Recorder recorder;

    BatchRunner(Catalog catalog, LoadedModels pool, PredictionRunner runner, Recorder recorder) {
        this.catalog = catalog;
        this.pool = pool;
        this.runner = runner;
        this.recorder = recorder;
    }

    /** How many pictures of other predictions fit into one pass beside those of {@code prediction}. */
    int roomBeside(Prediction prediction) {
        return runner.roomBeside(prediction);
    }

    /**
     * Makes what is missing of a batch.
     *
     * @throws java.util.concurrent.CancellationException when it was stopped or lost
     * @throws RuntimeException what went wrong with its predictions
     */
    void run(ClaimedBatch batch, LeaseOwner holder) {
        Prediction first = batch.predictions().getFirst();
        ImagePipeline pipeline = pipeline(first);
        try (Recorder.Session record = recorder.open(pipeline.info(), holder, batch.cancellation())) {
            if (batch.predictions().size() > 1) {
                together(batch, pipeline, record);
            } else {
                runner.make(prepare(first, batch), pipeline, record, batch.cancellation());
            }
            record.flush();
        }
    }

    private Job prepare(Prediction prediction, ClaimedBatch batch) {
        return Insistence.on(
                "reading the references of " + prediction.id(), batch.cancellation(), () -> runner.prepare(prediction));
    }

    /** Callers are not told where models lie; the log is. */
    private ImagePipeline pipeline(Prediction prediction) {
        String model = prediction.order().servedBy();
        try {
            return pool.get(catalog.model(model));
        } catch (EngineException e) {
            throw new EngineException("model " + model + " cannot be loaded; the service's log says why", e);
        }
    }

    private void together(ClaimedBatch batch, ImagePipeline pipeline, Recorder.Session record) {
        List<Job> jobs =
                batch.predictions().stream().map(p -> prepare(p, batch)).toList();
        try {
            runner.makeTogether(jobs, pipeline, record, batch.cancellation());
        } catch (EngineException e) {
            log.warn("a pass for {} predictions failed; each is made alone: {}", jobs.size(), e.getMessage());
            jobs.forEach(job -> runner.make(job, pipeline, record, batch.cancellation()));
        }
    }
}
