package dev.atelier.api.arena;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** An alias that was given another model, and on what grounds. */
public record PromotionView(
        String id,
        String alias,
        @JsonPropertyDescription("The model it had.") String from,
        @JsonPropertyDescription("The model it was given.") String to,
        GroundsView grounds,
        @JsonProperty("promoted_at") String promotedAt,

        @JsonInclude(JsonInclude.Include.ALWAYS) @JsonProperty("undone_at")
        String undoneAt) {
    /** What was known when it was decided. */
    public record GroundsView(
            SideView before,
            SideView after,

            @JsonPropertyDescription("Points by which the new one is ahead.")
            BoardView.IntervalView difference,

            @JsonPropertyDescription("Asked of the difference's lower bound; 0: the intervals lie apart.")
            double margin,

            @JsonProperty("facts_before") double factsBefore,
            @JsonProperty("facts_after") double factsAfter,
            int votes,
            int voters,
            @JsonPropertyDescription("The key's name.") String by) {}

    /** One of the two contenders. */
    public record SideView(String contender, String weights, int votes, int voters, BoardView.IntervalView score) {}
}
