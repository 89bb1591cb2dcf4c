package dev.atelier.server.queue;

/** Published in this process once a prediction waits in the queue, so that an idle worker need not wait for its next look. */
public record PredictionQueued() {}
