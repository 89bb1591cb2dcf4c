package dev.atelier.server.webhook;

import dev.atelier.api.PredictionView;
import dev.atelier.server.prediction.Prediction;

/** Writes an ended prediction for receivers, in the words of the poll. */
@FunctionalInterface
public interface PredictionDocument {
    /** As JSON well below a megabyte. */
    PredictionView of(Prediction ended);
}
