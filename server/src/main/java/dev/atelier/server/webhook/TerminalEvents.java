package dev.atelier.server.webhook;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.atelier.server.media.MediaStore;
import dev.atelier.server.media.StoredMedia;
import dev.atelier.server.prediction.Prediction;
import dev.atelier.server.prediction.PredictionOutput;
import dev.atelier.server.prediction.Status;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes what receivers are told of an ended prediction. Pictures are always URLs, also when the caller polls for data URIs. */
@Component
class TerminalEvents {
    static final String EVENT = "image.task.terminal";

    private final MediaStore media;
    private final JsonMapper json;

    TerminalEvents(MediaStore media, JsonMapper json) {
        this.media = media;
        this.json = json;
    }

    private record Event(
            @JsonProperty("session_id") String sessionId,
            @JsonProperty("event_type") String eventType,
            String status,
            Payload payload,
            String error) {}

    private record Payload(
            String id,
            String model,
            String status,
            String state,
            List<URI> outputs,
            String error,
            Map<String, Double> metrics,
            double progress,
            long seed,
            @JsonProperty("created_at") Instant createdAt,
            @JsonProperty("started_at") Instant startedAt,
            @JsonProperty("completed_at") Instant completedAt) {}

    /** @return JSON */
    String of(Prediction ended) {
        Prediction.Times times = ended.times();
        boolean completed = ended.status() == Status.COMPLETED;
        Payload payload = new Payload(
                ended.id(),
                ended.order().request().model(),
                completed ? "completed" : "failed",
                ended.status().label(),
                ended.outputs().stream()
                        .filter(PredictionOutput::succeeded)
                        .map(output -> media.url(
                                output.media(),
                                StoredMedia.Kind.OUTPUT,
                                ended.order().delivery().base()))
                        .toList(),
                ended.state().error(),
                Map.of(
                        "queue_time", seconds(times.createdAt(), times.startedAt()),
                        "predict_time", seconds(times.startedAt(), times.completedAt())),
                ended.state().progress(),
                ended.seed(),
                times.createdAt(),
                times.startedAt(),
                times.completedAt());
        return json.writeValueAsString(new Event(
                ended.id(),
                EVENT,
                completed ? "OK" : "ERROR",
                payload,
                ended.state().error()));
    }

    private static double seconds(Instant from, Instant to) {
        return from == null || to == null ? 0 : Duration.between(from, to).toMillis() / 1000.0;
    }
}
