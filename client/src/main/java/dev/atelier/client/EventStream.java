package dev.atelier.client;

import dev.atelier.client.AtelierException.Code;
import java.io.InputStream;
import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Events as they come. A connection that breaks, ends early or falls silent is opened anew with {@code Last-Event-ID}; what the service
 * tells again is not told twice. Waiting for the next event blocks the calling thread, which may be a virtual one. For one thread at
 * a time; {@link #close} may be called from any.
 */
public final class EventStream<E> implements Iterator<E>, AutoCloseable {
    private final Source<E> source;
    private final Transport transport;
    private final long end;
    private volatile EventConnection connection;
    private volatile boolean closed;
    private boolean finished;
    private String lastId;
    private int failures;
    private E next;

    /** Where events come from, and what they mean. */
    interface Source<E> {
        /**
         * One attempt.
         *
         * @param lastId empty: none
         */
        InputStream open(String lastId);

        /** Empty for what is not told on. */
        Optional<E> read(Sse.Event event);

        boolean last(E event);
    }

    /**
     * @param lastId to begin after; empty: now
     * @param longest until the last event; null: there is none
     */
    EventStream(Source<E> source, Transport transport, String lastId, Duration longest) {
        this.source = source;
        this.transport = transport;
        this.lastId = lastId;
        this.end = longest == null ? Long.MAX_VALUE : transport.time().nanos() + longest.toNanos();
    }

    /**
     * Waits for the next event.
     *
     * @return false after the last event, or when the stream was closed
     * @throws AtelierException when the service refuses, or cannot be reached again and again; of code {@code TIMEOUT} when the
     *     prediction has not ended in the time that the client waits at most; of code {@code INTERRUPTED}
     */
    @Override
    public boolean hasNext() {
        while (next == null && !finished && !closed) {
            try {
                advance();
            } catch (InterruptedException e) {
                close();
                throw Transport.interrupted("", e);
            } catch (AtelierException e) {
                if (!closed) {
                    close();
                    throw e;
                }
            }
        }
        return next != null && !closed;
    }

    @Override
    public E next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the stream of events has ended");
        }
        E event = next;
        next = null;
        if (source.last(event)) {
            finished = true;
            close();
        }
        return event;
    }

    /** The rest of the events; closing it closes this. */
    public Stream<E> stream() {
        return StreamSupport.stream(
                        Spliterators.spliteratorUnknownSize(this, Spliterator.ORDERED | Spliterator.NONNULL), false)
                .onClose(this::close);
    }

    /** The id of the last event, to begin after it another time; empty when the service gave none. */
    public String lastEventId() {
        return lastId;
    }

    /** Ends the stream, not the prediction. */
    @Override
    public void close() {
        closed = true;
        drop();
    }

    private void advance() throws InterruptedException {
        EventConnection open = connection;
        if (open == null) {
            open = connect();
        }
        switch (open.next(patience())) {
            case EventConnection.Signal.Heard(Sse.Event event) -> {
                failures = 0;
                lastId = event.lastId().isEmpty() ? lastId : event.lastId();
                next = event.data().isEmpty() ? null : source.read(event).orElse(null);
            }
            case EventConnection.Signal.Ended(Throwable failure) -> {
                if (closed) {
                    return;
                }
                drop();
                if (failure instanceof AtelierException e) {
                    throw e;
                }
                Duration asked = open.reconnectAfter();
                again(new AtelierException(
                        Code.DISCONNECTED,
                        "the stream of events ends again and again before its last event",
                        new AtelierException.Details(0, "", "", asked, null),
                        failure));
            }
            // Quiet for so long that the connection may be dead; a living service answers the next one.
            case null -> drop();
        }
    }

    private Duration patience() {
        Duration quiet = transport.settings().timeouts().quiet();
        if (end == Long.MAX_VALUE) {
            return quiet;
        }
        long left = end - transport.time().nanos();
        if (left <= 0) {
            throw new AtelierException(Code.TIMEOUT, "the prediction has not ended in the time that was allowed");
        }
        return left < quiet.toNanos() ? Duration.ofNanos(left) : quiet;
    }

    private EventConnection connect() {
        while (true) {
            patience();
            try {
                EventConnection opened = new EventConnection(source.open(lastId));
                connection = opened;
                if (closed) {
                    drop();
                }
                return opened;
            } catch (AtelierException e) {
                if (closed || !e.temporary()) {
                    throw e;
                }
                again(e);
            }
        }
    }

    /**
     * Waits before the next connection.
     *
     * @throws AtelierException {@code last} when it was one too many
     */
    private void again(AtelierException last) {
        failures++;
        if (!transport.settings().retry().allowsAfter(failures, last)) {
            throw last;
        }
        transport.pause(transport.pauseAfter(failures, last.retryAfter()));
    }

    private void drop() {
        EventConnection open = connection;
        connection = null;
        if (open != null) {
            open.close();
        }
    }
}
