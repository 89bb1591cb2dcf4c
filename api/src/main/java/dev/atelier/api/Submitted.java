package dev.atelier.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;

/** The answer to a submission: clients read the prediction's fields at the top or in {@code data}. */
public record Submitted(
        int code,
        String message,
        String id,
        PredictionView.Status status,
        String model,
        @JsonProperty("served_by") String servedBy,
        @JsonProperty("created_at") Instant createdAt,
        List<String> warnings,
        PredictionView data) {
    public static Submitted of(PredictionView data) {
        return new Submitted(
                Answer.OK,
                Answer.SUCCESS,
                data.id(),
                data.status(),
                data.model(),
                data.servedBy(),
                data.createdAt(),
                data.warnings(),
                data);
    }
}
