package dev.atelier.api.images;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** What pictures are counted as. Words cost nothing: tokens are those of pictures. */
public record ImagesUsage(
        @JsonProperty("generated_images") int generatedImages,

        @JsonProperty("input_images") @JsonPropertyDescription("References.")
        int inputImages,

        @JsonProperty("input_tokens") long inputTokens,
        @JsonProperty("input_tokens_details") Details inputTokensDetails,

        @JsonProperty("output_tokens") @JsonPropertyDescription("Width times height divided by 256, of all pictures.")
        long outputTokens,

        @JsonProperty("output_tokens_details") Details outputTokensDetails,
        @JsonProperty("total_tokens") long totalTokens) {
    public record Details(
            @JsonProperty("image_tokens") long imageTokens,
            @JsonProperty("text_tokens") long textTokens) {}

    public ImagesUsage(int generatedImages, int inputImages, long outputTokens) {
        this(
                generatedImages,
                inputImages,
                0,
                new Details(0, 0),
                outputTokens,
                new Details(outputTokens, 0),
                outputTokens);
    }
}
