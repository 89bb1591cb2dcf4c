package dev.atelier.server.prediction;

/**
 * One picture of a prediction, or why there is none.
 *
 * @param index position in the plan, from 0
 * @param media id of the stored file; empty when the picture failed
 * @param width pixels
 * @param height pixels
 * @param error why there is no picture; empty when there is one
 */
public record PredictionOutput(
        int index, String media, String contentType, int width, int height, Recipe recipe, String error) {
    /**
     * What reproduces the picture.
     *
     * @param prompt as the model saw it
     * @param seconds wall time spent on it
     */
    public record Recipe(String prompt, long seed, int steps, double guidanceScale, double seconds) {}

    public boolean succeeded() {
        return error.isEmpty();
    }
}
