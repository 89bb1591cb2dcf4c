package dev.atelier.server.queue;

import dev.atelier.server.prediction.Status;

/**
 * Published in this process once a prediction waits, so that who is idle need not wait for the next look.
 *
 * @param waits {@link Status#PLANNING} for a planner, {@link Status#STARTING} for a device
 */
public record PredictionQueued(Status waits) {}
