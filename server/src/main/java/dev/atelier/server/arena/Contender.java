package dev.atelier.server.arena;

import java.time.Instant;

/**
 * A model with the settings that it draws with.
 *
 * @param name under which votes know it
 * @param model as it was given, a model or an alias
 * @param servedBy catalog id of the model behind it when it was entered: an alias that moves takes no votes along
 * @param steps 0: the model's own
 * @param guidance -1: the model's own
 * @param precision of the model's weights
 * @param weights SHA-256 of the weights; empty until it is computed
 */
public record Contender(
        String name,
        String model,
        String servedBy,
        int steps,
        double guidance,
        boolean expansion,
        String precision,
        String weights,
        Instant createdAt,
        boolean retired) {
    boolean drawsAs(Contender other) {
        return servedBy.equals(other.servedBy)
                && steps == other.steps
                && guidance == other.guidance
                && expansion == other.expansion
                && precision.equals(other.precision);
    }
}
