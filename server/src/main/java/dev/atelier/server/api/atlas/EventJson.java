package dev.atelier.server.api.atlas;

import dev.atelier.server.prediction.Place;
import dev.atelier.server.prediction.PredictionEvent;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** How far predictions are, as streams tell it. */
final class EventJson {
    private EventJson() {}

    static Map<String, Object> progress(PredictionEvent.Progress step) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("phase", step.phase().label());
        body.put("image", step.image());
        body.put("at_once", step.pictures().count());
        body.put("images", step.images());
        body.put("step", step.step());
        body.put("steps", step.steps());
        body.put("progress", step.progress());
        body.put("seconds_left", seconds(step.secondsLeft()));
        return body;
    }

    static Map<String, Object> waiting(Place place) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("phase", "waiting");
        body.put("place", place.place());
        body.put("waiting", place.waiting());
        body.put("progress", 0);
        body.put("seconds_left", seconds(place.secondsLeft()));
        return body;
    }

    /** Adds a picture to the progress that was told last. */
    static Map<String, Object> preview(Map<String, Object> progress, PredictionEvent.Preview preview) {
        Map<String, Object> body = new LinkedHashMap<>(progress);
        body.put("image", preview.image());
        body.put("preview", "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(preview.jpeg()));
        return body;
    }

    /** To a tenth; null: not known. */
    private static Double seconds(double seconds) {
        return seconds < 0 ? null : Math.round(seconds * 10) / 10.0;
    }
}
