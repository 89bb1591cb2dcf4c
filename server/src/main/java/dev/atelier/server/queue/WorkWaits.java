package dev.atelier.server.queue;

/** Told in this process once a prediction has been stored, so that an idle worker need not wait for its next look. */
public record WorkWaits() {}
