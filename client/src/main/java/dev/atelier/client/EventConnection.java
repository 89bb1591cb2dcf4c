package dev.atelier.client;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** One connection of a stream of events: a thread reads, whoever asks waits no longer than it wants to. */
final class EventConnection implements AutoCloseable {
    /** Read ahead of a slow listener; then the connection itself is held back. */
    private static final int QUEUED = 64;

    private final InputStream in;
    private final Sse events;
    private final BlockingQueue<Signal> signals = new ArrayBlockingQueue<>(QUEUED);
    private final Thread reader;

    /** What a connection brings. */
    sealed interface Signal {
        record Heard(Sse.Event event) implements Signal {}

        /** @param failure null when the service ended it */
        record Ended(Throwable failure) implements Signal {}
    }

    EventConnection(InputStream in) {
        this.in = in;
        this.events = new Sse(in);
        this.reader = Thread.ofVirtual().name("atelier-events").start(this::read);
    }

    private void read() {
        try (in) {
            Throwable failure = null;
            try {
                for (Sse.Event event = events.next(); event != null; event = events.next()) {
                    signals.put(new Signal.Heard(event));
                }
            } catch (IOException | AtelierException e) {
                failure = e;
            }
            signals.put(new Signal.Ended(failure));
        } catch (InterruptedException | IOException _) {
            // Closed: nobody listens any more.
        }
    }

    /** @return null when nothing came in time */
    Signal next(Duration patience) throws InterruptedException {
        return signals.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** To be asked after the end. */
    Duration reconnectAfter() {
        return events.reconnectAfter();
    }

    /** Whoever waits hears the end at once. */
    @Override
    public void close() {
        reader.interrupt();
        signals.clear();
        signals.offer(new Signal.Ended(null));
        try {
            in.close();
        } catch (IOException _) {
            // It was to be closed.
        }
    }
}
