package dev.atelier.server.worker;

/**
 * Where a picture that one call of the engine makes belongs.
 *
 * @param index in the prediction's plan
 * @param before pictures of the prediction that were settled before the call
 */
record ImageSlot(Job job, int index, int before) {}
