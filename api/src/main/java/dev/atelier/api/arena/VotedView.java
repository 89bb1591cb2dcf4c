package dev.atelier.api.arena;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** A vote that counts, and who made the pictures. */
public record VotedView(
        String battle,

        @JsonPropertyDescription("left, right, tie or both_bad.")
        String choice,

        RecipeView left,
        RecipeView right) {
    /** How one side was made. */
    public record RecipeView(
            String contender,
            String model,
            @JsonProperty("served_by") String servedBy,

            @JsonPropertyDescription("SHA-256 of the weights; empty where it is not known.")
            String weights,

            int steps,
            @JsonProperty("guidance_scale") double guidanceScale,
            boolean expansion,

            @JsonPropertyDescription("Of the first picture.")
            long seed) {}
}
