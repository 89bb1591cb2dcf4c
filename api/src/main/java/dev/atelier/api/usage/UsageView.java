package dev.atelier.api.usage;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** What a key has used and may use. */
public record UsageView(
        @JsonPropertyDescription("The key's name.") String key,

        @JsonProperty("images_per_day") @JsonPropertyDescription("Its quota; 0: none.")
        long imagesPerDay,

        @JsonProperty("images_today") long imagesToday,
        @JsonPropertyDescription("Newest first.") List<Day> days) {
    /** A model's use on a day (UTC). */
    public record Day(
            String date,
            @JsonPropertyDescription("As asked for.") String model,
            long requests,
            long failed,
            long images,
            long pixels,
            @JsonPropertyDescription("Spent by the engine.") double seconds) {}
}
