package dev.atelier.engine.pipeline;

import dev.atelier.engine.image.Picture;

/** Receives the progress of a generation, on the device's thread: return quickly. */
public interface GenerationListener {
    /** Hears nothing. */
    GenerationListener NONE = new GenerationListener() {};

    /** The parts of a generation, in order. */
    enum Stage {
        TEXT,
        REFERENCES,
        DENOISE,
        /** Adding detail to an enlarged picture. */
        REFINE,
        DECODE
    }

    /**
     * @param image index of the (first) image being made, from 0
     * @param images images in the whole request
     * @param step steps done of this image, 1 to {@code steps}
     * @param secondsPerStep mean of this image's steps so far
     */
    record StepProgress(int image, int images, int step, int steps, double secondsPerStep) {}

    /**
     * How far the whole request is, by the time that its parts take.
     *
     * @param fraction 0 to 1; never falls, 1 once all images are finished
     * @param secondsLeft estimated; negative: not known yet
     */
    record WorkProgress(double fraction, double secondsLeft) {
        /** Seconds left when nothing comparable was measured yet. */
        public static final double UNKNOWN = -1;
    }

    default void onStage(Stage stage, int image) {}

    default void onStep(StepProgress progress) {}

    /** Called after every piece of work: a step, some windows, a tile. */
    default void onProgress(WorkProgress progress) {}

    /** Whether small previews are wanted after each step; they cost a fraction of a millisecond to some milliseconds. */
    default boolean wantsPreviews() {
        return false;
    }

    default void onPreview(int image, Picture preview) {}

    /** An image is finished; in a sequence the later ones are still to come. */
    default void onImage(GeneratedImage image) {}
}
