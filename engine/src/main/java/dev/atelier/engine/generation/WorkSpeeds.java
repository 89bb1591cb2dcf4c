package dev.atelier.engine.generation;

import java.util.EnumMap;
import java.util.Map;

/** Seconds that an operation of each kind of work takes on this machine with this model, learned from work done. Not thread-safe. */
final class WorkSpeeds {
    /** How much the newest measurement counts. */
    private static final double NEWEST = 0.3;

    private final Map<Work, Double> seconds = new EnumMap<>(Work.class);

    void learn(Work kind, double operations, double took) {
        if (operations > 0 && took > 0) {
            seconds.merge(kind, took / operations, (old, now) -> old + NEWEST * (now - old));
        }
    }

    boolean knows(Work kind) {
        return seconds.containsKey(kind);
    }

    /** Seconds an operation: measured, else the mean of what was measured, else 1. */
    double of(Work kind) {
        Double known = seconds.get(kind);
        return known != null
                ? known
                : seconds.values().stream()
                        .mapToDouble(Double::doubleValue)
                        .average()
                        .orElse(1);
    }
}
