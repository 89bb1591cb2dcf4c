package dev.atelier.server.prediction;

/**
 * Whose submission it is, and what that entitles it to.
 *
 * @param id owner of predictions and files; never shown to others
 * @param priority predictions of a higher one are made first
 * @param imagesPerDay images accepted in a UTC day; 0: no bound
 */
public record Owner(String id, int priority, int imagesPerDay) {}
