package dev.atelier.server.webhook;

import dev.atelier.server.prediction.Prediction;
import java.util.Map;

/** Writes an ended prediction for receivers, in the words of the poll. */
@FunctionalInterface
public interface PredictionDocument {
    /** Fields by name, to be written as JSON; well below a megabyte. */
    Map<String, Object> of(Prediction ended);
}
