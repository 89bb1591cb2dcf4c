package dev.atelier.server.prediction;

/** What is heard of a prediction while it is watched. */
public sealed interface PredictionEvent {
    /**
     * A step was done, or the state changed.
     *
     * @param image index of the image being made, from 0
     * @param steps steps of this image; 0 while it waits
     * @param progress of the whole, 0 to 1, by the time that its parts take
     * @param secondsLeft until the whole is finished, estimated; negative: not known
     */
    record Progress(int image, int images, int step, int steps, double progress, double secondsLeft)
            implements PredictionEvent {}

    /** A small JPEG of how an unfinished image looks. */
    record Preview(int image, byte[] jpeg) implements PredictionEvent {}

    /** A picture is finished or has failed. */
    record OutputReady(PredictionOutput output) implements PredictionEvent {}

    /** The prediction has ended; the last event. */
    record Done(Prediction prediction) implements PredictionEvent {}
}
