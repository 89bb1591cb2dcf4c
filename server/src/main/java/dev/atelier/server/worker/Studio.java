package dev.atelier.server.worker;

import dev.atelier.engine.image.Margins;
import dev.atelier.engine.image.Picture;
import dev.atelier.engine.image.codec.PictureLimits;
import dev.atelier.engine.image.codec.PictureReader;
import dev.atelier.engine.pipeline.Cancellation;
import dev.atelier.engine.pipeline.EditScope;
import dev.atelier.engine.pipeline.ImagePipeline;
import dev.atelier.engine.pipeline.ImageRequest;
import dev.atelier.engine.tensor.EngineException;
import dev.atelier.prompt.References;
import dev.atelier.server.AtelierProperties;
import dev.atelier.server.catalog.Catalog;
import dev.atelier.server.catalog.ModelFolders;
import dev.atelier.server.error.Outages.StorageException;
import dev.atelier.server.media.MediaStore;
import dev.atelier.server.media.ReferenceResolver;
import dev.atelier.server.media.StoredMedia;
import dev.atelier.server.prediction.Prediction;
import dev.atelier.server.prediction.PredictionEvents;
import dev.atelier.server.prediction.PredictionOutput;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Makes the missing pictures of predictions on a pipeline. Knows nothing of leases: what it makes goes to the recorder. */
@Component
class Studio {
    private static final Logger log = LoggerFactory.getLogger(Studio.class);

    /** What this service stored itself: 4096x4096 pixels at most, in any format. */
    private static final PictureLimits STORED = new PictureLimits(64L << 20, 4096L * 4096, 16_384);

    private final ReferenceResolver references;
    private final MediaStore media;
    private final PredictionEvents events;
    private final WorkerMetrics metrics;
    private final Models models;
    private final long batchPixels;

    /** What says how much of a reference a model sees. */
    @Component
    record Models(Catalog catalog, ModelFolders folders) {
        List<String> warnings(Job job) {
            return folders.outline(catalog.model(job.prediction().order().servedBy()))
                    .map(outline -> job.warnings(outline.referencePixels()))
                    .orElse(List.of());
        }
    }

    Studio(
            ReferenceResolver references,
            MediaStore media,
            PredictionEvents events,
            WorkerMetrics metrics,
            Models models,
            AtelierProperties properties) {
        this.references = references;
        this.media = media;
        this.events = events;
        this.metrics = metrics;
        this.models = models;
        this.batchPixels = properties.worker().batchPixels();
    }

    /**
     * The prediction with its references fetched.
     *
     * @throws dev.atelier.server.error.ApiException when a reference cannot be had
     */
    Job prepare(Prediction prediction) {
        References named = prediction.order().request().references();
        List<Picture> pictures = new ArrayList<>();
        for (int i = 0; i < named.images().size(); i++) {
            pictures.add(references.resolve("images[" + i + "]", named.images().get(i), prediction.owner()));
        }
        return new Job(prediction, pictures, scope(prediction, pictures));
    }

    /** What of the first picture may change; for an outpainting it is put on its canvas. */
    private EditScope scope(Prediction prediction, List<Picture> pictures) {
        References named = prediction.order().request().references();
        if (!named.outpaint().isEmpty()) {
            Margins margins = Margins.parse(named.outpaint());
            Picture source = pictures.getFirst();
            pictures.set(0, margins.extend(source));
            return new EditScope(margins.mask(source), named.strength());
        }
        Picture mask = named.mask().isEmpty() ? null : references.resolveMask("mask", named.mask(), prediction.owner());
        return new EditScope(mask, named.strength());
    }

    /** How many pictures of other predictions fit into one pass beside those of {@code prediction}. */
    int roomBeside(Prediction prediction) {
        if (prediction.order().plan().linked()
                || !prediction.order().request().references().images().isEmpty()) {
            return 0;
        }
        Job job = new Job(prediction, List.of(), EditScope.FREE);
        int fit = Math.clamp(batchPixels / Math.max(1, job.area()), 1, ImageRequest.MAX_IMAGES);
        return fit - job.missing().size();
    }

    /**
     * Makes one prediction's missing pictures. A picture that the engine fails at is recorded as failed; the others are made.
     *
     * @throws Cancellation.DeadlineExceededException past the deadline
     * @throws java.util.concurrent.CancellationException when it was stopped
     * @throws IllegalArgumentException when the request does not fit the model
     */
    void make(Job job, ImagePipeline pipeline, Recorder.Session record, Cancellation cancellation) {
        record.warn(job.prediction(), models.warnings(job));
        if (job.plan().linked()) {
            makeSequence(job, pipeline, record, cancellation);
            return;
        }
        int before = job.plan().shots().size() - job.missing().size();
        for (Job.Pass pass : job.passes(batchPixels)) {
            int settled = before;
            List<ImageSlot> slots = pass.indices().stream()
                    .map(i -> new ImageSlot(job, i, settled))
                    .toList();
            try (Stages stages = metrics.stages()) {
                Progress progress = new Progress(slots, Progress.Order.TOGETHER, record, events, metrics, stages);
                pipeline.generate(pass.request(), progress, cancellation);
            } catch (EngineException e) {
                pass.indices().forEach(i -> fail(job, i, record, e));
            }
            before += pass.indices().size();
            record.flush();
        }
    }

    /** Makes predictions that differ in their seeds only in one pass. */
    void makeTogether(List<Job> jobs, ImagePipeline pipeline, Recorder.Session record, Cancellation cancellation) {
        List<ImageSlot> slots = new ArrayList<>();
        List<Long> seeds = new ArrayList<>();
        for (Job job : jobs) {
            int before = job.plan().shots().size() - job.missing().size();
            for (int index : job.missing()) {
                slots.add(new ImageSlot(job, index, before));
                seeds.add(job.seed(index));
            }
        }
        ImageRequest request =
                jobs.getFirst().passes(batchPixels).getFirst().request().withSeeds(seeds);
        try (Stages stages = metrics.stages()) {
            pipeline.generate(
                    request,
                    new Progress(slots, Progress.Order.TOGETHER, record, events, metrics, stages),
                    cancellation);
        }
        record.flush();
    }

    private void makeSequence(Job job, ImagePipeline pipeline, Recorder.Session record, Cancellation cancellation) {
        List<Integer> missing = job.missing();
        List<Picture> made = new ArrayList<>(Insistence.on(
                "reading the pictures that " + job.prediction().id() + " goes on from",
                cancellation,
                () -> earlier(job.prediction())));
        while (!missing.isEmpty()) {
            int before = job.plan().shots().size() - missing.size();
            List<ImageSlot> slots =
                    missing.stream().map(i -> new ImageSlot(job, i, before)).toList();
            Stages stages = metrics.stages();
            Progress progress = new Progress(slots, Progress.Order.IN_TURN, record, events, metrics, stages);
            try (stages) {
                pipeline.generateSequence(job.sequence(missing, made), progress, cancellation);
                missing = List.of();
            } catch (EngineException e) {
                // The pictures before the failed one are there; the sequence goes on behind it with them.
                int failed = progress.finished().size();
                made.addAll(progress.finished());
                fail(job, missing.get(failed), record, e);
                missing = missing.subList(failed + 1, missing.size());
            }
            record.flush();
        }
    }

    private void fail(Job job, int index, Recorder.Session record, EngineException e) {
        log.warn("prediction {}: picture {} failed: {}", job.prediction().id(), index, e.getMessage(), e);
        record.failure(job.prediction(), index, job.seed(index), e.getMessage());
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
