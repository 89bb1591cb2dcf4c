package dev.atelier.server.webhook;

import dev.atelier.server.prediction.Prediction;
import dev.atelier.server.prediction.Status;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes what receivers are told of an ended prediction. */
@Component
class TerminalEvents {
    static final String EVENT = "image.task.terminal";

    private final PredictionDocument document;
    private final JsonMapper json;

    TerminalEvents(PredictionDocument document, JsonMapper json) {
        this.document = document;
        this.json = json;
    }

    /** @return JSON */
    String of(Prediction ended) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("session_id", ended.id());
        event.put("event_type", EVENT);
        event.put("status", ended.status() == Status.COMPLETED ? "OK" : "ERROR");
        event.put("payload", document.of(ended));
        event.put("error", ended.state().error());
        return json.writeValueAsString(event);
    }
}
