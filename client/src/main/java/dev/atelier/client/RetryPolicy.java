package dev.atelier.client;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How often and after what pause a call is repeated. Repeated are calls that were refused for now (429, 503, 507, no connection), and of those that
 * may have been heard (a broken connection, a timeout, 502, 504) only such as do the same again: reading, and orders, which carry an
 * {@code Idempotency-Key}. The pause is what {@code Retry-After} says, else it doubles from {@code firstPause}, less up to a half by
 * chance, so that callers who failed together do not come back together.
 *
 * @param attempts in all, 1 to 20; 1 repeats nothing
 * @param firstPause more than nothing
 * @param longestPause a call whose {@code Retry-After} is longer fails at once; at least {@code firstPause}
 */
public record RetryPolicy(int attempts, Duration firstPause, Duration longestPause) {
    /** Four attempts, pauses of half a second to 30 s. */
    public static final RetryPolicy DEFAULT = new RetryPolicy(4, Duration.ofMillis(500), Duration.ofSeconds(30));

    public static final RetryPolicy NONE = new RetryPolicy(1, Duration.ofMillis(1), Duration.ofMillis(1));

    private static final int MOST_ATTEMPTS = 20;

    /** @throws IllegalArgumentException naming what is out of bounds */
    public RetryPolicy {
        if (attempts < 1 || attempts > MOST_ATTEMPTS) {
            throw new IllegalArgumentException("attempts: " + attempts + " is not in 1 to " + MOST_ATTEMPTS);
        }
        if (!firstPause.isPositive()) {
            throw new IllegalArgumentException("firstPause: " + firstPause + " is not more than nothing");
        }
        if (longestPause.compareTo(firstPause) < 0) {
            throw new IllegalArgumentException(
                    "longestPause: " + longestPause + " is shorter than firstPause, " + firstPause);
        }
    }

    /** @param failures so far, from 1 */
    boolean allowsAfter(int failures, AtelierException last) {
        return failures < attempts && last.retryAfter().compareTo(longestPause) <= 0;
    }

    /** @param failures so far, from 1 */
    Duration pause(int failures, Duration retryAfter, RandomGenerator random) {
        if (retryAfter.isPositive()) {
            return retryAfter;
        }
        double doubled = firstPause.toNanos() * Math.pow(2, failures - 1.0);
        double longest = Math.min(doubled, longestPause.toNanos());
        return Duration.ofNanos((long) (longest * (1 - random.nextDouble() / 2)));
    }
}
