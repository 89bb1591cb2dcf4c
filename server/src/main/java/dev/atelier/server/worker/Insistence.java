package dev.atelier.server.worker;

import dev.atelier.engine.pipeline.Cancellation;
import dev.atelier.server.error.Outages;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries again what the database or the storage of files refuse for the moment, after pauses that double up to a bound. Meanwhile the
 * work is held: its lease is renewed elsewhere, and what stops the work ends the trying.
 */
final class Insistence {
    private static final Logger log = LoggerFactory.getLogger(Insistence.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    /** How soon a stop is noticed. */
    private static final Duration SLICE = Duration.ofMillis(50);

    private Insistence() {}

    /**
     * The result of the first attempt that meets no outage.
     *
     * @param what for the log
     * @throws java.util.concurrent.CancellationException when the work was stopped or lost meanwhile
     * @throws Cancellation.DeadlineExceededException past the deadline
     */
    static <T> T on(String what, Cancellation cancellation, Supplier<T> attempt) {
        Duration pause = FIRST_PAUSE;
        while (true) {
            try {
                return attempt.get();
            } catch (RuntimeException e) {
                if (!Outages.isOutage(e)) {
                    throw e;
                }
                log.warn("{} failed and is tried again in {} ms: {}", what, pause.toMillis(), reason(e));
            }
            wait(pause, cancellation);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
        }
    }

    private static void wait(Duration pause, Cancellation cancellation) {
        long end = System.nanoTime() + pause.toNanos();
        cancellation.check();
        while (System.nanoTime() - end < 0) {
            LockSupport.parkNanos(SLICE.toNanos());
            cancellation.check();
        }
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return failure.getMessage() + " (" + cause.getMessage() + ")";
    }
}
