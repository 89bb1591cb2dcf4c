package dev.atelier.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** The body of a webhook. */
public record TerminalEvent(
        @JsonProperty("session_id") @JsonPropertyDescription("The prediction's id.")
        String sessionId,

        @JsonProperty("event_type") String eventType,
        @JsonPropertyDescription("OK or ERROR.") String status,
        PredictionView payload,

        @JsonPropertyDescription("Empty unless something failed.")
        String error) {
    public static final String TYPE = "image.task.terminal";
}
