package dev.atelier.server.queue;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code atelier.events}: streams of all predictions of a key.
 *
 * @param streamsPerKey streams that a key may hold open in this process; more get 429
 * @param quiet after this time without an event a stream is told that it is still there, so that a broken connection is found
 */
@ConfigurationProperties("atelier.events")
record FollowSettings(
        @DefaultValue("32") int streamsPerKey,
        @DefaultValue("15s") Duration quiet) {}
