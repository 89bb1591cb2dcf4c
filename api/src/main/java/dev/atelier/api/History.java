package dev.atelier.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** A numbered page of a key's predictions, in the names that the hosted service's clients read. */
public record History(
        @JsonPropertyDescription("200, as a text.") String code, String message, Page data) {
    public History(Page data) {
        this(String.valueOf(Answer.OK), Answer.SUCCESS, data);
    }

    public record Page(
            long total, @JsonPropertyDescription("From 1.") int pageNo, int pageSize, List<Item> items) {}

    public record Item(
            @JsonProperty("ID") String id,
            String model,

            @JsonPropertyDescription("The prediction's state.")
            PredictionView.State status,

            @JsonPropertyDescription("Seconds since 1970.") long createdAt,

            @JsonPropertyDescription("What was ordered, as JSON in a text.")
            String requestBody,

            PredictionView result) {}
}
