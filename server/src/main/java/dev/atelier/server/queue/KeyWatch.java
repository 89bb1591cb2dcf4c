package dev.atelier.server.queue;

import dev.atelier.server.prediction.KeyEvent;
import dev.atelier.server.prediction.Place;
import dev.atelier.server.prediction.Prediction;
import dev.atelier.server.prediction.PredictionEvent;
import dev.atelier.server.prediction.PredictionOutput;
import dev.atelier.server.prediction.PredictionService.Subscription;
import dev.atelier.server.prediction.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One listener to all predictions of a key. What this process does comes through a short queue at once; once a second the database
 * tells the rest (another process did it, the queue ran over), so nothing is lost that has ended. Everything is told from one
 * thread: a prediction's acceptance first, each output once, its end last and once.
 */
final class KeyWatch {
    private static final int QUEUED_EVENTS = 512;
    private static final int FOLLOWED = 1000;
    private static final int ENDED_AGAIN = 500;
    private static final int REMEMBERED = 4 * ENDED_AGAIN;
    private static final long READ_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long HEARD_LATELY = TimeUnit.SECONDS.toNanos(5);

    /** Clocks of several processes differ, and a commit comes later than the time in it. */
    private static final Duration OVERLAP = Duration.ofSeconds(10);

    private final KeyWatches.Sources sources;
    private final String owner;
    private final boolean resumed;
    private final Duration quiet;
    private final Consumer<KeyEvent> listener;
    private final BlockingQueue<KeyEvent> queue = new LinkedBlockingQueue<>(QUEUED_EVENTS);
    private final Map<String, Followed> followed = new LinkedHashMap<>();
    private final Map<String, Boolean> ended = new Recent();
    private Instant position;
    private Instant newSince;
    private long lastTold = System.nanoTime();
    private volatile boolean overrun;
    private volatile boolean closed;
    private volatile boolean byService;

    KeyWatch(KeyWatches.Sources sources, String owner, Instant since, Duration quiet, Consumer<KeyEvent> listener) {
        this.sources = sources;
        this.owner = owner;
        this.resumed = since != null;
        this.quiet = quiet;
        this.listener = listener;
        Instant now = sources.clock().instant();
        position = resumed && since.isBefore(now) ? since : now;
        newSince = position.minus(OVERLAP);
    }

    /** One that has not ended. */
    private static final class Followed {
        private final Prediction prediction;
        private final BitSet told = new BitSet();
        private Subscription heard;
        private Place place;
        private double stored = -1;
        private long heardAt = System.nanoTime() - HEARD_LATELY;

        Followed(Prediction prediction) {
            this.prediction = prediction;
        }

        /** Whether this process makes it, so that the database knows no more. */
        boolean heardLately() {
            return System.nanoTime() - heardAt < HEARD_LATELY;
        }
    }

    private static final class Recent extends LinkedHashMap<String, Boolean> {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    }

    void run() throws InterruptedException {
        try (Subscription _ = sources.events().subscribeOwner(owner, this::offer)) {
            readEnded(true);
            readActive(true);
            tell(new KeyEvent.Quiet(position));
            long nextRead = System.nanoTime() + READ_NANOS;
            while (!closed) {
                KeyEvent event = queue.poll(nextRead - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (event != null && !closed) {
                    hear(event);
                }
                if (!closed && System.nanoTime() >= nextRead) {
                    read();
                    nextRead = System.nanoTime() + READ_NANOS;
                }
            }
            if (byService) {
                tell(new KeyEvent.Closing());
            }
        } finally {
            followed.values().forEach(one -> one.heard.close());
        }
    }

    /** Ends by itself: an interrupt in the middle of a read would close H2's file for everyone. */
    void close() {
        closed = true;
        queue.offer(new KeyEvent.Closing());
    }

    void closeByService() {
        byService = true;
        close();
    }

    private void offer(KeyEvent event) {
        if (!queue.offer(event)) {
            overrun = true;
        }
    }

    private void read() {
        Instant before = sources.clock().instant();
        readEnded(false);
        readActive(false);
        position = before;
        if (System.nanoTime() - lastTold >= quiet.toNanos()) {
            tell(new KeyEvent.Quiet(position));
        }
    }

    private void readEnded(boolean first) {
        List<String> ids = new ArrayList<>(sources.changes().ended(owner, position.minus(OVERLAP), ENDED_AGAIN + 1));
        if (first && !resumed) {
            ids.forEach(id -> ended.put(id, true));
            return;
        }
        if (ids.size() > ENDED_AGAIN) {
            tell(new KeyEvent.Gap());
            ids.removeLast();
        }
        for (String id : ids.reversed()) {
            if (!ended.containsKey(id)) {
                sources.predictions().find(id).ifPresent(this::catchUp);
            }
        }
    }

    private void readActive(boolean first) {
        boolean all = overrun;
        overrun = false;
        Set<String> active = new HashSet<>();
        Map<String, Map<String, Place>> places = new HashMap<>();
        for (KeyChanges.Row row : sources.changes().active(owner, FOLLOWED)) {
            active.add(row.id());
            Followed known = followed.get(row.id());
            if (known == null) {
                sources.predictions().find(row.id()).ifPresent(found -> begin(found, first && !resumed));
                known = followed.get(row.id());
            }
            if (known != null && row.status() == Status.STARTING) {
                tellPlace(
                        known,
                        places.computeIfAbsent(
                                row.servedBy(), model -> sources.places().of(owner, model, FOLLOWED)));
            } else if (known != null && (all || row.progress() != known.stored)) {
                known.stored = row.progress();
                if (all || !known.heardLately()) {
                    sources.predictions().find(row.id()).ifPresent(this::catchUp);
                }
            }
        }
        // Ended a moment before the time that ended ones are searched from, or removed.
        for (String id : List.copyOf(followed.keySet())) {
            if (!active.contains(id) && active.size() < FOLLOWED) {
                sources.predictions().find(id).ifPresentOrElse(this::catchUp, () -> gone(id));
            }
        }
    }

    private void hear(KeyEvent event) {
        switch (event) {
            case KeyEvent.Accepted(Prediction accepted) -> {
                if (!followed.containsKey(accepted.id()) && followed.size() < FOLLOWED) {
                    // Read anew: whoever has taken it meanwhile was not heard.
                    sources.predictions().find(accepted.id()).ifPresent(found -> begin(found, true));
                }
            }
            case KeyEvent.Of(Prediction of, PredictionEvent what) -> {
                Followed known = followed.get(of.id());
                if (known != null) {
                    known.heardAt = System.nanoTime();
                    tell(known, what);
                }
            }
            case KeyEvent.Deleted(String id) -> gone(id);
            default -> {}
        }
    }

    /** @param isNew whether the listener is told of it whatever its age */
    private void begin(Prediction found, boolean isNew) {
        if (ended.containsKey(found.id())) {
            return;
        }
        Followed one = new Followed(found);
        followed.put(found.id(), one);
        one.heard = sources.events().subscribe(found.id(), event -> offer(new KeyEvent.Of(found, event)));
        if (isNew || !found.times().createdAt().isBefore(newSince)) {
            tell(new KeyEvent.Accepted(found));
        }
        catchUp(found);
    }

    /** Tells what the database says of one and was not told yet. */
    private void catchUp(Prediction stored) {
        Followed known = followed.get(stored.id());
        if (known == null) {
            begin(stored, false);
        } else if (stored.status().ended()) {
            tell(known, new PredictionEvent.Done(stored));
        } else {
            stored.outputs().forEach(output -> tell(known, new PredictionEvent.OutputReady(output)));
            if (stored.status() != Status.STARTING && !known.heardLately()) {
                known.stored = stored.state().progress();
                tell(known, PredictionSubscriptions.stored(stored));
            }
        }
    }

    private void tell(Followed one, PredictionEvent event) {
        switch (event) {
            case PredictionEvent.OutputReady(PredictionOutput output) -> {
                if (!one.told.get(output.index())) {
                    one.told.set(output.index());
                    tell(new KeyEvent.Of(one.prediction, event));
                }
            }
            case PredictionEvent.Done(Prediction done) -> {
                done.outputs().forEach(output -> tell(one, new PredictionEvent.OutputReady(output)));
                followed.remove(done.id());
                one.heard.close();
                ended.put(done.id(), true);
                tell(new KeyEvent.Of(done, event));
            }
            case PredictionEvent.Progress step -> {
                one.place = null;
                tell(new KeyEvent.Of(one.prediction, step));
            }
            default -> tell(new KeyEvent.Of(one.prediction, event));
        }
    }

    private void tellPlace(Followed one, Map<String, Place> places) {
        Place place = places.get(one.prediction.id());
        if (place == null || one.place != null && place.place() == one.place.place() && near(place, one.place)) {
            return;
        }
        tell(one, new PredictionEvent.Waiting(place));
        one.place = place;
    }

    private static boolean near(Place a, Place b) {
        return Math.abs(a.secondsLeft() - b.secondsLeft()) <= Math.max(2, b.secondsLeft() / 10);
    }

    private void gone(String id) {
        Followed known = followed.remove(id);
        if (known != null) {
            known.heard.close();
        }
        ended.put(id, true);
        tell(new KeyEvent.Deleted(id));
    }

    private void tell(KeyEvent event) {
        lastTold = System.nanoTime();
        listener.accept(event);
    }
}
