package dev.atelier.server.worker;

import dev.atelier.prompt.GenerationPlan;
import dev.atelier.server.prediction.Prediction;
import dev.atelier.server.prediction.PredictionOutput;
import dev.atelier.studio.EditSources;
import dev.atelier.studio.PlannedPictures;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A prediction with the pictures it starts from. */
record Job(Prediction prediction, PlannedPictures pictures) {
    static Job of(Prediction prediction, EditSources sources) {
        return new Job(
                prediction,
                new PlannedPictures(
                        prediction.order().plan(), prediction.order().request().sampling(), sources));
    }

    /** Indices of the pictures that are made or failed. */
    Set<Integer> settled() {
        return prediction.outputs().stream().map(PredictionOutput::index).collect(Collectors.toSet());
    }

    /** Indices of the other pictures. */
    List<Integer> missing() {
        return pictures.missing(settled());
    }

    GenerationPlan plan() {
        return pictures.plan();
    }
}
