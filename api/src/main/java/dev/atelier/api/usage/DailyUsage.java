package dev.atelier.api.usage;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;
import java.util.List;

/** Quantities or costs of a key by day. */
public record DailyUsage(
        @JsonPropertyDescription("model_usage or model_costs.")
        String object,

        String scope,

        @JsonPropertyDescription("A bucket for each day, oldest first.")
        List<Bucket> data,

        @JsonProperty("has_more") boolean hasMore,

        @JsonInclude @JsonProperty("next_page") @JsonPropertyDescription("Cursor; null on the last page.")
        String nextPage) {
    /** A day (UTC). */
    public record Bucket(
            String object,
            String date,
            @JsonProperty("start_at") Instant startAt,
            @JsonProperty("end_at") Instant endAt,
            @JsonPropertyDescription("The day is not over.") boolean partial,
            List<Row> results) {}

    /** What the day is grouped by, and quantities (model_usage) or an amount (model_costs). */
    public record Row(
            @JsonInclude(Include.NON_NULL) @JsonProperty("model_type")
            String modelType,

            @JsonInclude(Include.NON_NULL) String model,

            @JsonInclude(Include.NON_NULL) @JsonProperty("api_key")
            String apiKey,

            long requests,
            @JsonInclude(Include.NON_NULL) Long failed,
            @JsonInclude(Include.NON_NULL) Long images,
            @JsonInclude(Include.NON_NULL) Long pixels,
            @JsonInclude(Include.NON_NULL) Double seconds,
            @JsonInclude(Include.NON_NULL) Money amount) {}
}
