package dev.atelier.server.webhook;

import dev.atelier.api.TerminalEvent;
import dev.atelier.server.prediction.Prediction;
import dev.atelier.server.prediction.Status;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes what receivers are told of an ended prediction. */
@Component
class TerminalEvents {
    private final PredictionDocument document;
    private final JsonMapper json;

    TerminalEvents(PredictionDocument document, JsonMapper json) {
        this.document = document;
        this.json = json;
    }

    /** @return JSON */
    String of(Prediction ended) {
        return json.writeValueAsString(new TerminalEvent(
                ended.id(),
                TerminalEvent.TYPE,
                ended.status() == Status.COMPLETED ? "OK" : "ERROR",
                document.of(ended),
                ended.state().error()));
    }
}
