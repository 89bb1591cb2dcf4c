package dev.atelier.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** One picture of a prediction, or why there is none. */
public record ImageView(
        @JsonInclude(Include.NON_NULL) @JsonPropertyDescription("The prediction's, in the stream of all predictions.")
        String id,

        @JsonPropertyDescription("Position, from 0.") int index,
        long seed,
        @JsonPropertyDescription("As the model saw it.") String prompt,

        @JsonInclude(Include.NON_NULL) @JsonPropertyDescription("Missing when there is no picture.")
        String url,

        @JsonInclude(Include.NON_NULL) @JsonPropertyDescription("Pixels.")
        Integer width,

        @JsonInclude(Include.NON_NULL) @JsonPropertyDescription("Pixels.")
        Integer height,

        @JsonInclude(Include.NON_NULL) Integer steps,

        @JsonInclude(Include.NON_NULL) @JsonProperty("guidance_scale")
        Double guidanceScale,

        @JsonInclude(Include.NON_NULL) @JsonPropertyDescription("Spent on it.")
        Double seconds,

        @JsonInclude(Include.NON_NULL) @JsonPropertyDescription("Why there is no picture.")
        String error) {
    public static ImageView failed(int index, long seed, String prompt, String error) {
        return new ImageView(null, index, seed, prompt, null, null, null, null, null, null, error);
    }

    /** The same with the prediction's id. */
    public ImageView of(String prediction) {
        return new ImageView(prediction, index, seed, prompt, url, width, height, steps, guidanceScale, seconds, error);
    }
}
