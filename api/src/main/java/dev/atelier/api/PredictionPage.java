package dev.atelier.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** A page of a key's predictions, newest first. */
public record PredictionPage(
        int code,
        String message,
        List<PredictionView> data,

        @JsonProperty("next_cursor") @JsonPropertyDescription("Of the next page; empty on the last.")
        String nextCursor) {
    public PredictionPage(List<PredictionView> data, String nextCursor) {
        this(Answer.OK, Answer.SUCCESS, data, nextCursor);
    }
}
