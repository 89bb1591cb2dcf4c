package dev.atelier.engine.pipeline;

import dev.atelier.engine.image.Picture;

/** Hears how a generation goes on, on the device's thread: return quickly. */
public interface GenerationListener {
    /** Hears nothing. */
    GenerationListener NONE = new GenerationListener() {};

    /** The parts of a generation, in order. */
    enum Stage {
        TEXT,
        REFERENCES,
        DENOISE,
        DECODE
    }

    /**
     * @param image index of the (first) image being made, from 0
     * @param images images in the whole request
     * @param step steps done of this image, 1 to {@code steps}
     * @param secondsPerStep mean of this image's steps so far
     */
    record StepProgress(int image, int images, int step, int steps, double secondsPerStep) {}

    default void onStage(Stage stage, int image) {}

    default void onStep(StepProgress progress) {}

    /** Whether small previews are wanted after each step; they cost a fraction of a millisecond to some milliseconds. */
    default boolean wantsPreviews() {
        return false;
    }

    default void onPreview(int image, Picture preview) {}

    /** An image is finished; in a sequence the later ones are still to come. */
    default void onImage(GeneratedImage image) {}
}
