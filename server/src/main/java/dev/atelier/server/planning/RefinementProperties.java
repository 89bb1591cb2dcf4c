package dev.atelier.server.planning;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code atelier.planning}: plans that a slow prompt engineer makes after a request was accepted.
 *
 * @param atOnce plans that this process makes at the same time
 * @param timeout how long one may take; then the plan by rules is used
 * @param maxAttempts a plan whose maker did not survive it so often is left to the rules
 */
@ConfigurationProperties("atelier.planning")
record RefinementProperties(
        @DefaultValue("4") int atOnce,
        @DefaultValue("60s") Duration timeout,
        @DefaultValue("3") int maxAttempts) {
    RefinementProperties {
        if (atOnce < 1) {
            throw new IllegalArgumentException("at-once: " + atOnce + " is not above 0");
        }
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException("timeout: " + timeout + " is not above 0");
        }
        if (maxAttempts < 1) {
            throw new IllegalArgumentException("max-attempts: " + maxAttempts + " is not above 0");
        }
    }
}
