package dev.atelier.api.images;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** Pictures that were asked for: Ark's fields, and those that OpenAI's clients read beside them. */
public record ImagesAnswer(
        @JsonPropertyDescription("As asked for.") String model,

        @JsonProperty("served_by") @JsonPropertyDescription("The model that made the pictures.")
        String servedBy,

        @JsonPropertyDescription("Seconds since 1970.") long created,

        @JsonInclude(Include.NON_NULL) @JsonPropertyDescription("Of the first picture.")
        String size,

        @JsonInclude(Include.NON_NULL) @JsonProperty("output_format") @JsonPropertyDescription("png, jpeg or webp.")
        String outputFormat,

        @JsonInclude(Include.NON_NULL) @JsonPropertyDescription("opaque.")
        String background,

        List<ImageData> data,
        ImagesUsage usage,

        @JsonPropertyDescription("What was ignored, replaced or cannot be drawn, and pictures that failed.")
        List<String> warnings,

        @JsonPropertyDescription("Who planned it, then why so many pictures and why this size.")
        List<String> reasons) {}
