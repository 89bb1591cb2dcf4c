package dev.atelier.server.admission;

import dev.atelier.server.AtelierProperties;
import dev.atelier.server.error.ApiException;
import dev.atelier.server.prediction.PredictionRepository;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;

/**
 * Whether another prediction may wait. Counting all that wait costs more than storing one more, so a count is used for as long as other
 * processes need at least to fill the room that it left, and what this process has stored since is added to it; near the bound every
 * request counts again, so that nothing is refused on a stale count.
 */
@Component
class QueueCapacity {
    private static final Duration RETRY = Duration.ofSeconds(10);

    /** What all other processes together store at most in a second. */
    private static final long OTHERS_PER_SECOND = 1000;

    private static final long FRESH_NANOS = Duration.ofMillis(200).toNanos();
    private static final long STALE_NANOS = Duration.ofSeconds(10).toNanos();

    private final PredictionRepository predictions;
    private final int capacity;
    private final AtomicLong storedSince = new AtomicLong();
    private volatile Count last = new Count(Long.MAX_VALUE / 2, System.nanoTime());

    private record Count(long waiting, long at) {}

    QueueCapacity(PredictionRepository predictions, AtelierProperties properties) {
        this.predictions = predictions;
        this.capacity = properties.queue().capacity();
    }

    /** One more waits. */
    void entered() {
        storedSince.incrementAndGet();
    }

    /** @throws ApiException 503 when as many wait as may */
    void require() {
        if (isFull()) {
            throw ApiException.unavailable("the queue is full: " + capacity + " predictions wait already", RETRY);
        }
    }

    private boolean isFull() {
        Count known = last;
        long room = capacity - known.waiting() - storedSince.get();
        if (room > 0 && System.nanoTime() - known.at() < usableNanos(room)) {
            return false;
        }
        // Set back before counting: what is stored meanwhile counts twice rather than not at all.
        storedSince.set(0);
        long waiting = predictions.waiting();
        last = new Count(waiting, System.nanoTime());
        return waiting >= capacity;
    }

    private static long usableNanos(long room) {
        return Math.clamp(TimeUnit.SECONDS.toNanos(room) / OTHERS_PER_SECOND, FRESH_NANOS, STALE_NANOS);
    }
}
