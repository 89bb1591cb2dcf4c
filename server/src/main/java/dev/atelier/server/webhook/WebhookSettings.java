package dev.atelier.server.webhook;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code atelier.webhook}: how often a delivery is tried.
 *
 * @param attempts 1 or more; after the last the delivery is given up and logged
 * @param firstPause after the first failure; doubled after each further one
 * @param longestPause bound of the doubling
 */
@ConfigurationProperties("atelier.webhook")
record WebhookSettings(
        @DefaultValue("20") int attempts,
        @DefaultValue("10s") Duration firstPause,
        @DefaultValue("1h") Duration longestPause) {
    WebhookSettings {
        if (attempts < 1 || firstPause.isNegative() || firstPause.isZero() || longestPause.compareTo(firstPause) < 0) {
            throw new IllegalArgumentException("atelier.webhook: attempts " + attempts
                    + " must be at least 1, first-pause " + firstPause + " above 0 and at most longest-pause "
                    + longestPause);
        }
    }
}
