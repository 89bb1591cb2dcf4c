package dev.atelier.hub;

import dev.atelier.hub.HubException.Kind;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Makes an attempt again after passing failures, a bounded number of times, pausing longer each time. */
final class Retry {
    /** Attempts in a row that fail without getting anywhere. */
    static final int ATTEMPTS = 5;

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(120);

    private final Sleeper sleeper;
    private final PullListener listener;

    Retry(Sleeper sleeper, PullListener listener) {
        this.sleeper = sleeper;
        this.listener = listener;
    }

    /** Waits; tests only count. */
    interface Sleeper {
        Sleeper SYSTEM = pause -> TimeUnit.NANOSECONDS.sleep(pause.toNanos());

        void sleep(Duration pause) throws InterruptedException;
    }

    /** Something that may fail for a passing reason. */
    interface Attempt<T> {
        T run() throws TransientFailure, InterruptedException;
    }

    /** A failure that may be gone the next time. */
    static final class TransientFailure extends Exception {
        private static final long serialVersionUID = 1L;
        private final Kind kind;
        private final Duration pause;
        private final boolean progressed;

        /**
         * @param pause what the server asked for; zero: nothing
         * @param progressed whether the attempt got further than the one before, so that it does not count
         */
        TransientFailure(Kind kind, String message, Duration pause, boolean progressed, Throwable cause) {
            super(message, cause);
            this.kind = kind;
            this.pause = pause;
            this.progressed = progressed;
        }

        TransientFailure(String message, Throwable cause) {
            this(Kind.UNAVAILABLE, message, Duration.ZERO, false, cause);
        }
    }

    /**
     * @param what named in messages
     * @throws HubException the last failure, once {@value #ATTEMPTS} attempts in a row got nowhere
     */
    <T> T run(String what, Attempt<T> attempt) throws InterruptedException {
        int failures = 0;
        while (true) {
            try {
                return attempt.run();
            } catch (TransientFailure failure) {
                failures = failure.progressed ? 1 : failures + 1;
                if (failures >= ATTEMPTS || failure.pause.compareTo(LONGEST_PAUSE) > 0) {
                    throw new HubException(failure.kind, what + ": " + explain(failure, failures), failure);
                }
                Duration backoff = FIRST_PAUSE.multipliedBy(1L << (failures - 1));
                Duration pause = failure.pause.compareTo(backoff) > 0 ? failure.pause : backoff;
                listener.onRetry(what, failure.getMessage(), pause);
                sleeper.sleep(pause);
            }
        }
    }

    private static String explain(TransientFailure failure, int failures) {
        if (failure.pause.compareTo(LONGEST_PAUSE) > 0) {
            return failure.getMessage() + "; it asks to come back in " + failure.pause.toSeconds() + " s";
        }
        return failure.getMessage() + " (" + failures
                + " attempts); run the same command later, it goes on where it stopped";
    }
}
