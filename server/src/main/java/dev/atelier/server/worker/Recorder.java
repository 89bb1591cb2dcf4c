package dev.atelier.server.worker;

import dev.atelier.engine.image.Picture;
import dev.atelier.engine.image.codec.PictureFormat;
import dev.atelier.engine.pipeline.Cancellation;
import dev.atelier.engine.pipeline.GeneratedImage;
import dev.atelier.engine.pipeline.ModelInfo;
import dev.atelier.server.error.Outages.StorageException;
import dev.atelier.server.media.MediaStore;
import dev.atelier.server.media.StoredMedia;
import dev.atelier.server.prediction.Failure;
import dev.atelier.server.prediction.Prediction;
import dev.atelier.server.prediction.PredictionEvent;
import dev.atelier.server.prediction.PredictionEvents;
import dev.atelier.server.prediction.PredictionOutput;
import dev.atelier.server.queue.LeaseOwner;
import dev.atelier.server.queue.OutputLedger;
import dev.atelier.server.queue.WorkQueue;
import dev.atelier.studio.ContentCredentials;
import dev.atelier.studio.PictureStamp;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Brings what the engine makes into files and the database while the engine goes on with the next picture: one thread, in the
 * order in which things happened.
 */
@Component
class Recorder {
    private static final Logger log = LoggerFactory.getLogger(Recorder.class);

    private final MediaStore media;
    private final OutputLedger ledger;
    private final WorkQueue queue;
    private final PredictionEvents events;
    private final ContentCredentials credentials;
    private final Clock clock;

    Recorder(
            MediaStore media,
            OutputLedger ledger,
            WorkQueue queue,
            PredictionEvents events,
            ContentCredentials credentials,
            Clock clock) {
        this.media = media;
        this.ledger = ledger;
        this.queue = queue;
        this.events = events;
        this.credentials = credentials;
        this.clock = clock;
    }

    /**
     * Opens the record of one batch of work; closing it waits until everything is written.
     *
     * @param model that makes the pictures
     * @param cancellation ends the trying again of what database and storage refuse
     */
    Session open(ModelInfo model, LeaseOwner holder, Cancellation cancellation) {
        return new Session(model, holder, cancellation);
    }

    /** The record of one batch of work. */
    final class Session implements AutoCloseable {
        private final ModelInfo model;
        private final LeaseOwner holder;
        private final Cancellation cancellation;
        // No virtual thread: encoding a picture takes a processor for up to a second, which the carriers of requests
        // cannot spare.
        private final ExecutorService thread = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name("recorder").factory());
        private final List<Future<?>> pending = new ArrayList<>();
        private final AtomicBoolean progressPending = new AtomicBoolean();

        private Session(ModelInfo model, LeaseOwner holder, Cancellation cancellation) {
            this.model = model;
            this.holder = holder;
            this.cancellation = cancellation;
        }

        /** Stores a picture and records it as output {@code index}. */
        void image(Prediction prediction, int index, GeneratedImage image) {
            pending.add(thread.submit(() -> {
                Prediction.Order order = prediction.order();
                PictureStamp stamp = new PictureStamp(order.request(), order.plan(), model, credentials);
                byte[] file = stamp.file(image);
                insist(prediction, index, () -> store(prediction, index, image, stamp, file));
            }));
        }

        /** Adds to what the prediction's caller is told. */
        void warn(Prediction prediction, List<String> warnings) {
            if (!warnings.isEmpty()) {
                pending.add(thread.submit(() -> ledger.warn(prediction.id(), warnings, holder)));
            }
        }

        /** Records that there will be no picture {@code index}. */
        void failure(Prediction prediction, int index, long seed, Failure failure) {
            PredictionOutput.Recipe recipe = new PredictionOutput.Recipe(
                    prediction.order().plan().shots().get(index).prompt(), seed, 0, 0, 0, "");
            PredictionOutput failed = new PredictionOutput(index, "", "", 0, 0, recipe, failure);
            pending.add(thread.submit(
                    () -> insist(prediction, index, () -> ledger.record(prediction.id(), failed, holder))));
        }

        private void insist(Prediction prediction, int index, Supplier<Boolean> recording) {
            Insistence.on("storing picture " + index + " of " + prediction.id(), cancellation, recording);
        }

        /** Writes progress unless an older one still waits to be written. */
        void progress(String id, double progress) {
            if (progressPending.compareAndSet(false, true)) {
                thread.execute(() -> {
                    progressPending.set(false);
                    note(id, progress);
                });
            }
        }

        private void note(String id, double progress) {
            try {
                queue.progress(id, progress, holder);
            } catch (DataAccessException e) {
                log.debug("the progress of {} is not written: {}", id, e.getMessage());
            }
        }

        void preview(String id, int index, Picture preview) {
            thread.execute(
                    () -> events.publish(id, new PredictionEvent.Preview(index, PlainFiles.of(preview, "jpeg"))));
        }

        /**
         * Waits until everything so far is written.
         *
         * @throws RuntimeException the first failure that does not pass by itself
         */
        void flush() {
            for (Future<?> one : pending) {
                try {
                    one.get();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new CompletionException(e);
                } catch (java.util.concurrent.ExecutionException e) {
                    throw e.getCause() instanceof RuntimeException runtime
                            ? runtime
                            : new CompletionException(e.getCause());
                }
            }
            pending.clear();
        }

        private boolean store(Prediction prediction, int index, GeneratedImage image, PictureStamp stamp, byte[] file) {
            try {
                String contentType = stamp.format().mediaType();
                String source = stamp.isExact() ? "" : source(prediction, index, image);
                Instant until =
                        clock.instant().plus(prediction.order().delivery().keepFiles());
                StoredMedia stored = put(file, contentType, prediction, until);
                PredictionOutput.Recipe recipe = new PredictionOutput.Recipe(
                        image.prompt(), image.seed(), image.steps(), image.guidanceScale(), image.seconds(), source);
                Picture picture = image.picture();
                return ledger.record(
                        prediction.id(),
                        new PredictionOutput(
                                index,
                                stored.id(),
                                contentType,
                                picture.width(),
                                picture.height(),
                                recipe,
                                Failure.NONE),
                        holder);
            } catch (IOException e) {
                throw new StorageException(e);
            }
        }

        /**
         * A picture that others of its sequence follow is kept as the model made it too: a worker that takes over after a crash then
         * goes on as if nothing had happened.
         */
        private String source(Prediction prediction, int index, GeneratedImage image) throws IOException {
            boolean followed = prediction.order().plan().linked()
                    && index < prediction.order().plan().shots().size() - 1;
            if (!followed) {
                return "";
            }
            byte[] exact = PlainFiles.of(image.picture(), "png");
            Instant until = prediction.times().deadline();
            return put(exact, PictureFormat.PNG.mediaType(), prediction, until).id();
        }

        private StoredMedia put(byte[] file, String contentType, Prediction prediction, Instant until)
                throws IOException {
            return media.put(
                    new MediaStore.NewMedia(StoredMedia.Kind.OUTPUT, file, contentType, prediction.owner(), until));
        }

        @Override
        public void close() {
            thread.close();
        }
    }
}
