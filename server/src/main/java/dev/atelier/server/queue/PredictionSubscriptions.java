package dev.atelier.server.queue;

import dev.atelier.server.prediction.Place;
import dev.atelier.server.prediction.Prediction;
import dev.atelier.server.prediction.PredictionEvent;
import dev.atelier.server.prediction.PredictionEvents;
import dev.atelier.server.prediction.PredictionOutput;
import dev.atelier.server.prediction.PredictionRepository;
import dev.atelier.server.prediction.PredictionService;
import dev.atelier.server.prediction.Status;
import java.util.BitSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Lets callers follow a prediction. Each watcher has a virtual thread and a short queue: events of this process come through the
 * queue, everything else (another process makes it, the queue ran over) is read from the database once a second.
 */
@Component
public class PredictionSubscriptions {
    private static final Logger log = LoggerFactory.getLogger(PredictionSubscriptions.class);
    private static final int QUEUED_EVENTS = 256;
    private static final long READ_SECONDS = 1;
    private static final long NANOS_PER_PLACE = TimeUnit.MILLISECONDS.toNanos(1);

    private final PredictionEvents events;
    private final PredictionRepository predictions;
    private final Places places;

    PredictionSubscriptions(PredictionEvents events, PredictionRepository predictions, Places places) {
        this.events = events;
        this.predictions = predictions;
        this.places = places;
    }

    /** How far a prediction that is being planned or made is, as far as the database knows. */
    static PredictionEvent.Progress stored(Prediction prediction) {
        int images = prediction.order().plan().shots().size();
        int first = Math.min(prediction.outputs().size(), images - 1);
        return new PredictionEvent.Progress(
                prediction.status() == Status.PLANNING ? PredictionEvent.Phase.PLANNING : PredictionEvent.Phase.MAKING,
                new PredictionEvent.Pictures(first, 1, images),
                0,
                0,
                prediction.state().progress(),
                -1);
    }

    /** Tells {@code listener} of {@code prediction}, on one thread, until it ends or the subscription is closed. */
    public PredictionService.Subscription watch(Prediction prediction, Consumer<PredictionEvent> listener) {
        BlockingQueue<PredictionEvent> queue = new LinkedBlockingQueue<>(QUEUED_EVENTS);
        PredictionService.Subscription heard = events.subscribe(prediction.id(), queue::offer);
        Watch watch = new Watch(prediction.id(), queue, listener);
        Thread.ofVirtual().name("watch-" + prediction.id()).start(() -> {
            try (heard) {
                watch.run();
            }
        });
        return watch::close;
    }

    /** One watcher; all its events come from one thread, in order, each output once. */
    private final class Watch {
        private final String id;
        private final BlockingQueue<PredictionEvent> queue;
        private final Consumer<PredictionEvent> listener;
        private final BitSet told = new BitSet();
        private double progress = -1;
        private Place place;
        private long placeAt;
        private volatile boolean closed;

        Watch(String id, BlockingQueue<PredictionEvent> queue, Consumer<PredictionEvent> listener) {
            this.id = id;
            this.queue = queue;
            this.listener = listener;
        }

        void run() {
            try {
                boolean done = readStored();
                while (!done && !closed) {
                    PredictionEvent event = queue.poll(READ_SECONDS, TimeUnit.SECONDS);
                    done = event == null ? readStored() : tell(event);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                log.debug("watcher of {} ends: {}", id, e.toString());
            }
        }

        /** Ends the watch by itself: an interrupt in the middle of a read would close H2's file for everyone. */
        void close() {
            closed = true;
        }

        /** A database that is away is asked again a second later; the watcher waits. */
        private boolean readStored() {
            try {
                return tellStored();
            } catch (DataAccessException e) {
                log.debug("watcher of {} waits for the database: {}", id, e.getMessage());
                return false;
            }
        }

        private boolean tellStored() {
            Prediction stored = predictions.find(id).orElse(null);
            if (stored == null) {
                return true;
            }
            if (stored.status().ended()) {
                return tell(new PredictionEvent.Done(stored));
            }
            stored.outputs().forEach(this::tell);
            if (stored.status() == Status.STARTING) {
                listener.accept(new PredictionEvent.Waiting(place(stored)));
            } else if (stored.state().progress() != progress) {
                progress = stored.state().progress();
                listener.accept(stored(stored));
            }
            return false;
        }

        /** Far back, where it costs more to look, places change little: one of 10,000 is looked at every 10 seconds. */
        private Place place(Prediction waiting) {
            long now = System.nanoTime();
            if (place == null || now - placeAt >= place.place() * NANOS_PER_PLACE) {
                place = places.of(waiting);
                placeAt = now;
            }
            return place;
        }

        private boolean tell(PredictionEvent event) {
            switch (event) {
                case PredictionEvent.OutputReady(PredictionOutput output) -> tell(output);
                case PredictionEvent.Done(Prediction ended) -> {
                    ended.outputs().forEach(this::tell);
                    listener.accept(event);
                    return true;
                }
                case PredictionEvent.Progress step -> {
                    progress = step.progress();
                    listener.accept(step);
                }
                case PredictionEvent.Preview preview -> listener.accept(preview);
                case PredictionEvent.Waiting waiting -> listener.accept(waiting);
            }
            return false;
        }

        private void tell(PredictionOutput output) {
            if (!told.get(output.index())) {
                told.set(output.index());
                listener.accept(new PredictionEvent.OutputReady(output));
            }
        }
    }
}
