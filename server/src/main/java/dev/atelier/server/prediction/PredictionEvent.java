package dev.atelier.server.prediction;

import java.util.Locale;

/** What is heard of a prediction while it is watched. */
public sealed interface PredictionEvent {
    /** What is done for a prediction at a moment. */
    enum Phase {
        /** A prompt engineer that takes its time plans it. */
        PLANNING,
        /** The model's encoder reads words and references. */
        PREPARING,
        DRAWING,
        /** Detail is added to an enlarged picture. */
        REFINING,
        DECODING,
        /** It is being made by another process, which does not say more. */
        MAKING;

        /** As answers say it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The pictures that are being made at a moment.
     *
     * @param first index of the first of them, from 0
     * @param count how many are made at once
     * @param all pictures of the whole prediction
     */
    record Pictures(int first, int count, int all) {}

    /** It waits for a worker. */
    record Waiting(Place place) implements PredictionEvent {}

    /**
     * A step was done, or another phase has begun.
     *
     * @param steps steps of these pictures; 0: not known
     * @param progress of the whole, 0 to 1, by the time that its parts take
     * @param secondsLeft until the whole is finished, estimated; negative: not known
     */
    record Progress(Phase phase, Pictures pictures, int step, int steps, double progress, double secondsLeft)
            implements PredictionEvent {
        public int image() {
            return pictures.first();
        }

        public int images() {
            return pictures.all();
        }
    }

    /** A small JPEG of how an unfinished image looks. */
    record Preview(int image, byte[] jpeg) implements PredictionEvent {}

    /** A picture is finished or has failed. */
    record OutputReady(PredictionOutput output) implements PredictionEvent {}

    /** The prediction has ended; the last event. */
    record Done(Prediction prediction) implements PredictionEvent {}
}
