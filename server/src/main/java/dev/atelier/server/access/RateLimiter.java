package dev.atelier.server.access;

import dev.atelier.server.error.ApiException;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Holds keys to their rate, with a token bucket a key in each process. */
@Component
public class RateLimiter {
    private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

    RateLimiter() {}

    /**
     * Counts one submission or upload of {@code key}.
     *
     * @throws ApiException 429 saying when the next is allowed
     */
    public void require(ApiKey key) {
        ApiKey.Limits limits = key.limits();
        if (limits.requests() == 0) {
            return;
        }
        ConsumptionProbe probe =
                buckets.computeIfAbsent(key.id(), _ -> bucket(limits)).tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            throw ApiException.tooMany(
                    "rate limit: " + limits.requests() + " requests in " + limits.perSeconds() + " s are allowed",
                    Duration.ofNanos(probe.getNanosToWaitForRefill()));
        }
    }

    private static Bucket bucket(ApiKey.Limits limits) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(limits.requests())
                        .refillGreedy(limits.requests(), Duration.ofSeconds(limits.perSeconds())))
                .build();
    }
}
