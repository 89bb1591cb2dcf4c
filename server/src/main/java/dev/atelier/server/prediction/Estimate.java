package dev.atelier.server.prediction;

import java.util.List;

/**
 * What a request would take.
 *
 * @param images that the plan makes
 * @param width of every picture, pixels; 0 together with {@code height}: that of the first reference
 * @param height pixels
 * @param seconds of work, by what the model's latest pictures took, without waiting; 0 while it has made none
 * @param peakBytes of memory: the model's weights, and what one pass works with, at most; without what the process needs anyway
 * @param warnings of the plan
 * @param reasons of the plan: who made it, and why so many pictures and this size
 */
public record Estimate(
        int images, int width, int height, double seconds, long peakBytes, Warnings warnings, List<String> reasons) {
    public Estimate {
        reasons = List.copyOf(reasons);
    }
}
