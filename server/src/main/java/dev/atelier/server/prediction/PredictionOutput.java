package dev.atelier.server.prediction;

/**
 * One picture of a prediction, or why there is none.
 *
 * @param index position in the plan, from 0
 * @param media id of the stored file; empty when the picture failed
 * @param width pixels
 * @param height pixels
 * @param failure why there is no picture; {@link Failure#NONE} when there is one
 */
public record PredictionOutput(
        int index, String media, String contentType, int width, int height, Recipe recipe, Failure failure) {
    /**
     * What reproduces the picture.
     *
     * @param prompt as the model saw it
     * @param seconds wall time spent on it
     * @param source id of a stored file with the very pixels that the model made, which later pictures of a sequence follow; empty:
     *     {@code media} has them
     */
    public record Recipe(String prompt, long seed, int steps, double guidanceScale, double seconds, String source) {
        public Recipe {
            source = source == null ? "" : source;
        }
    }

    /** Id of the file that later pictures of a sequence follow. */
    public String followed() {
        return recipe.source().isEmpty() ? media : recipe.source();
    }

    /** Why there is no picture, for its caller; empty when there is one. */
    public String error() {
        return failure.message();
    }

    public boolean succeeded() {
        return failure.reason() == Failure.Reason.NONE;
    }
}
