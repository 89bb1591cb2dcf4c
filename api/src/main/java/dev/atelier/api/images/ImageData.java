package dev.atelier.api.images;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** A picture as a link or as base64; on {@code /api/v3} also why there is none. */
public record ImageData(
        @JsonInclude(Include.NON_NULL) String url,

        @JsonInclude(Include.NON_NULL) @JsonProperty("b64_json")
        String b64Json,

        @JsonInclude(Include.NON_NULL) @JsonPropertyDescription("WIDTHxHEIGHT in pixels.")
        String size,

        @JsonInclude(Include.NON_NULL) @JsonProperty("revised_prompt") @JsonPropertyDescription("As the model saw it.")
        String revisedPrompt,

        @JsonInclude(Include.NON_NULL) ImageError error) {
    public static ImageData failed(ImageError error) {
        return new ImageData(null, null, null, null, error);
    }
}
