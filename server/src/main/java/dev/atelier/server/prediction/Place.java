package dev.atelier.server.prediction;

/**
 * Where a waiting prediction stands.
 *
 * @param place 1: the next to be taken
 * @param waiting predictions that wait for the same device, of all keys
 * @param secondsLeft until it is finished, estimated from the model's latest pictures; negative: not known
 */
public record Place(int place, int waiting, double secondsLeft) {}
