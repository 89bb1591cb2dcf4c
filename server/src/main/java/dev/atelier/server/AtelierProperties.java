package dev.atelier.server;

import dev.atelier.studio.PlanRunner;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the service as a whole; {@code docs/operation.md} lists them all.
 *
 * @param data folder of the database, the files and unpacked models
 * @param catalog path of a catalog file; empty: the one that comes with Atelier
 * @param publicUrl origin that answers name, such as {@code https://images.example.com}; empty: that of each request
 */
@ConfigurationProperties("atelier")
public record AtelierProperties(
        @DefaultValue("data") Path data,
        @DefaultValue("") String catalog,
        @DefaultValue("") String publicUrl,
        @DefaultValue Queue queue,
        @DefaultValue Worker worker,
        @DefaultValue Engine engine,
        @DefaultValue Keep keep) {
    /**
     * @param capacity predictions that may wait; more are refused with 503
     * @param deadline a prediction that has not ended so long after it was accepted fails
     */
    public record Queue(
            @DefaultValue("5000") int capacity,
            @DefaultValue("1h") Duration deadline) {}

    /**
     * @param enabled false: this process only answers requests, others make the pictures
     * @param lease how long claimed work is held without a renewal; a dead worker's work waits this long
     * @param poll how often an idle worker looks for work that another process accepted
     * @param maxAttempts a prediction that its worker did not survive so often fails
     * @param batchPixels pixels of the pictures made in one pass
     * @param threads threads inside an operator on the CPU; 0: all cores
     * @param memoryBudget bytes of weights kept loaded; the model unused longest goes first
     */
    public record Worker(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("30s") Duration lease,
            @DefaultValue("1s") Duration poll,
            @DefaultValue("5") int maxAttempts,
            @DefaultValue("" + PlanRunner.BATCH_PIXELS) long batchPixels,
            @DefaultValue("0") int threads,
            @DefaultValue("8589934592") long memoryBudget) {}

    /**
     * @param nice how far the engine's threads give way to those that answer requests, 0 (not at all) to 19; Linux and CPU only
     */
    public record Engine(@DefaultValue("10") int nice) {}

    /**
     * @param files how long outputs are kept when the request does not say
     * @param requests how long ended predictions are kept when the request does not say
     */
    public record Keep(
            @DefaultValue("336h") Duration files,
            @DefaultValue("336h") Duration requests) {}
}
