package dev.atelier.engine.pipeline;

import java.time.Duration;
import java.util.concurrent.CancellationException;

/** Stops a generation between two steps: at the caller's wish or at a deadline. Safe to use from any thread. */
public final class Cancellation {
    private final long deadlineNanos;
    private final boolean hasDeadline;
    private volatile boolean cancelled;

    private Cancellation(boolean hasDeadline, long deadlineNanos) {
        this.hasDeadline = hasDeadline;
        this.deadlineNanos = deadlineNanos;
    }

    /** Only {@link #cancel} stops it. */
    public static Cancellation none() {
        return new Cancellation(false, 0);
    }

    /** Stops by itself once {@code timeout} has passed from now. */
    public static Cancellation after(Duration timeout) {
        return new Cancellation(true, System.nanoTime() + timeout.toNanos());
    }

    public void cancel() {
        cancelled = true;
    }

    public boolean isCancelled() {
        return cancelled;
    }

    /**
     * @throws CancellationException after {@link #cancel}
     * @throws DeadlineExceededException past the deadline
     */
    public void check() {
        if (cancelled) {
            throw new CancellationException("canceled by the caller");
        }
        if (hasDeadline && System.nanoTime() - deadlineNanos > 0) {
            throw new DeadlineExceededException("the deadline passed before the image was finished");
        }
    }

    /** The time allowed for a generation ran out. */
    public static final class DeadlineExceededException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        DeadlineExceededException(String message) {
            super(message);
        }
    }
}
