package dev.atelier.server.worker;

import dev.atelier.engine.image.Picture;
import dev.atelier.engine.image.codec.PictureLimits;
import dev.atelier.engine.image.codec.PictureReader;
import dev.atelier.engine.pipeline.Cancellation;
import dev.atelier.engine.pipeline.ImagePipeline;
import dev.atelier.engine.pipeline.ImageRequest;
import dev.atelier.engine.tensor.EngineException;
import dev.atelier.server.AtelierProperties;
import dev.atelier.server.error.Outages.StorageException;
import dev.atelier.server.media.MediaStore;
import dev.atelier.server.media.ReferenceResolver;
import dev.atelier.server.media.StoredMedia;
import dev.atelier.server.prediction.Prediction;
import dev.atelier.server.prediction.PredictionEvents;
import dev.atelier.server.prediction.PredictionOutput;
import dev.atelier.studio.EditSources;
import dev.atelier.studio.PlanListener;
import dev.atelier.studio.PlanRunner;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Makes the missing pictures of predictions on a pipeline. Knows nothing of leases: what it makes goes to the recorder. */
@Component
class PredictionRunner {
    private static final Logger log = LoggerFactory.getLogger(PredictionRunner.class);

    /** What this service stored itself: 4096x4096 pixels at most, in any format. */
    private static final PictureLimits STORED = new PictureLimits(64L << 20, 4096L * 4096, 16_384);

    private final ReferenceResolver references;
    private final MediaStore media;
    private final PredictionEvents events;
    private final WorkerMetrics metrics;
    private final long batchPixels;

    PredictionRunner(
            ReferenceResolver references,
            MediaStore media,
            PredictionEvents events,
            WorkerMetrics metrics,
            AtelierProperties properties) {
        this.references = references;
        this.media = media;
        this.events = events;
        this.metrics = metrics;
        this.batchPixels = properties.worker().batchPixels();
    }

    /**
     * The prediction with its references fetched.
     *
     * @throws dev.atelier.server.error.ApiException when a reference cannot be had
     */
    Job prepare(Prediction prediction) {
        String owner = prediction.owner();
        EditSources sources = EditSources.read(
                prediction.order().request().references(),
                (field, name) -> references.resolve(field, name, owner),
                (field, name) -> references.resolveMask(field, name, owner));
        return Job.of(prediction, sources);
    }

    /** How many pictures of other predictions fit into one pass beside those of {@code prediction}. */
    int roomBeside(Prediction prediction) {
        if (prediction.order().plan().linked()
                || !prediction.order().request().references().images().isEmpty()) {
            return 0;
        }
        Job job = Job.of(prediction, EditSources.NONE);
        return job.pictures().atOnce(batchPixels) - job.missing().size();
    }

    /**
     * Makes one prediction's missing pictures. A picture that the engine fails at is recorded as failed; the others are made.
     *
     * @throws Cancellation.DeadlineExceededException past the deadline
     * @throws java.util.concurrent.CancellationException when it was stopped
     * @throws IllegalArgumentException when the request does not fit the model
     */
    void make(Job job, ImagePipeline pipeline, Recorder.Session record, Cancellation cancellation) {
        record.warn(job.prediction(), job.pictures().warnings(pipeline.info().referencePixels()));
        List<Picture> earlier = job.plan().linked()
                ? Insistence.on(
                        "reading the pictures that " + job.prediction().id() + " goes on from",
                        cancellation,
                        () -> earlier(job.prediction()))
                : List.of();
        new PlanRunner(pipeline, batchPixels)
                .run(
                        job.pictures(),
                        new PlanRunner.Resumed(job.settled(), earlier),
                        new Recording(job, record),
                        cancellation);
    }

    /** Brings what becomes of a prediction's pictures to the recorder. */
    private final class Recording implements PlanListener {
        private final Job job;
        private final Recorder.Session record;

        Recording(Job job, Recorder.Session record) {
            this.job = job;
            this.record = record;
        }

        @Override
        public CallListener begin(Call call) {
            List<ImageSlot> slots = call.indices().stream()
                    .map(index -> new ImageSlot(job, index, call.before()))
                    .toList();
            return new Progress(slots, record, events, metrics);
        }

        @Override
        public void failed(int index, EngineException e) {
            log.warn("prediction {}: picture {} failed: {}", job.prediction().id(), index, e.getMessage(), e);
            record.failure(job.prediction(), index, job.pictures().seed(index), Failures.of(e));
        }

        @Override
        public void settled() {
            record.flush();
        }
    }

    /** Makes predictions that differ in their seeds only in one pass. */
    void makeTogether(List<Job> jobs, ImagePipeline pipeline, Recorder.Session record, Cancellation cancellation) {
        List<ImageSlot> slots = new ArrayList<>();
        List<Long> seeds = new ArrayList<>();
        for (Job job : jobs) {
            int before = job.settled().size();
            for (int index : job.missing()) {
                slots.add(new ImageSlot(job, index, before));
                seeds.add(job.pictures().seed(index));
            }
        }
        Job first = jobs.getFirst();
        ImageRequest request = first.pictures().request(first.missing()).toBuilder()
                .seeds(seeds)
                .build();
        try (Progress progress = new Progress(slots, record, events, metrics)) {
            pipeline.generate(request, progress, cancellation);
        }
        record.flush();
    }

    private List<Picture> earlier(Prediction prediction) {
        return prediction.outputs().stream()
                .filter(PredictionOutput::succeeded)
                .map(this::picture)
                .toList();
    }

    private Picture picture(PredictionOutput output) {
        StoredMedia stored = media.find(output.followed())
                .orElseThrow(() -> new IllegalArgumentException("picture " + output.index()
                        + " of the sequence is no longer stored, so the later ones cannot follow it"));
        try (InputStream in = media.open(stored)) {
            return PictureReader.read(in.readAllBytes(), STORED);
        } catch (IOException e) {
            throw new StorageException(e);
        }
    }
}
