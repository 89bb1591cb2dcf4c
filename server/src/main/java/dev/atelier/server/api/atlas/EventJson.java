package dev.atelier.server.api.atlas;

import dev.atelier.api.Progress;
import dev.atelier.server.prediction.Place;
import dev.atelier.server.prediction.PredictionEvent;
import java.util.Base64;

/** How far predictions are, as streams tell it. */
final class EventJson {
    private EventJson() {}

    static Progress progress(PredictionEvent.Progress step) {
        return new Progress(
                null,
                phase(step.phase()),
                step.image(),
                step.pictures().count(),
                step.images(),
                step.step(),
                step.steps(),
                null,
                null,
                step.progress(),
                seconds(step.secondsLeft()),
                null);
    }

    static Progress waiting(Place place) {
        return Progress.waiting(place.place(), place.waiting(), seconds(place.secondsLeft()));
    }

    /** Adds a picture to the progress that was told last. */
    static Progress preview(Progress last, PredictionEvent.Preview preview) {
        return last.showing(
                preview.image(), "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(preview.jpeg()));
    }

    private static Progress.Phase phase(PredictionEvent.Phase phase) {
        return switch (phase) {
            case PLANNING -> Progress.Phase.PLANNING;
            case PREPARING -> Progress.Phase.PREPARING;
            case DRAWING -> Progress.Phase.DRAWING;
            case REFINING -> Progress.Phase.REFINING;
            case DECODING -> Progress.Phase.DECODING;
            case MAKING -> Progress.Phase.MAKING;
        };
    }

    /** To a tenth; null: not known. */
    private static Double seconds(double seconds) {
        return seconds < 0 ? null : Math.round(seconds * 10) / 10.0;
    }
}
