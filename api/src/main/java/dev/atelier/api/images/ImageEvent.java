package dev.atelier.api.images;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** An event of a stream of pictures; its name is its type. */
public sealed interface ImageEvent {
    String type();

    /** An unfinished picture. */
    record Partial(
            @JsonPropertyDescription("image_generation.partial_image or image_edit.partial_image.")
            String type,

            String model,
            @JsonPropertyDescription("Seconds since 1970.") long created,

            @JsonProperty("created_at") @JsonPropertyDescription("The same.")
            long createdAt,

            @JsonProperty("image_index") int imageIndex,

            @JsonProperty("partial_image_index") @JsonPropertyDescription("Counts the looks at this picture, from 0.")
            int partialImageIndex,

            @JsonProperty("b64_json") @JsonPropertyDescription("A small JPEG.")
            String b64Json,

            String size,
            @JsonProperty("output_format") String outputFormat,
            String quality,
            String background)
            implements ImageEvent {
        public Partial(String type, String model, long created, int imageIndex, int partialImageIndex, String b64Json) {
            this(
                    type,
                    model,
                    created,
                    created,
                    imageIndex,
                    partialImageIndex,
                    b64Json,
                    "auto",
                    "jpeg",
                    "auto",
                    "opaque");
        }
    }

    /** A finished picture; OpenAI's clients get with it what Ark's get at the end. */
    record Ready(
            @JsonPropertyDescription("On /v1 image_generation.completed or image_edit.completed, on /api/v3"
                    + " image_generation.partial_succeeded.")
            String type,

            String model,
            @JsonPropertyDescription("Seconds since 1970.") long created,

            @JsonProperty("created_at") @JsonPropertyDescription("The same.")
            long createdAt,

            @JsonProperty("image_index") int imageIndex,
            @JsonInclude(Include.NON_NULL) String url,

            @JsonInclude(Include.NON_NULL) @JsonProperty("b64_json")
            String b64Json,

            String size,
            @JsonProperty("revised_prompt") String revisedPrompt,

            @JsonInclude(Include.NON_NULL) @JsonProperty("output_format")
            String outputFormat,

            @JsonInclude(Include.NON_NULL) String background,
            @JsonInclude(Include.NON_NULL) String quality,
            @JsonInclude(Include.NON_NULL) ImagesUsage usage,

            @JsonInclude(Include.NON_NULL) @JsonProperty("served_by")
            String servedBy,

            @JsonInclude(Include.NON_NULL) List<String> warnings,
            @JsonInclude(Include.NON_NULL) List<String> reasons)
            implements ImageEvent {}

    /** A picture that failed: Ark's clients get an error, OpenAI's would give the whole stream up at one. */
    record Failed(
            @JsonPropertyDescription("image_generation.partial_failed or image_edit.partial_failed.")
            String type,

            String model,
            @JsonPropertyDescription("Seconds since 1970.") long created,

            @JsonProperty("created_at") @JsonPropertyDescription("The same.")
            long createdAt,

            @JsonProperty("image_index") int imageIndex,
            @JsonInclude(Include.NON_NULL) ImageError error,
            @JsonInclude(Include.NON_NULL) String code,
            @JsonInclude(Include.NON_NULL) String message)
            implements ImageEvent {}

    /** The end, for Ark's clients. */
    record Completed(
            @JsonPropertyDescription("image_generation.completed.")
            String type,

            String model,
            @JsonPropertyDescription("Seconds since 1970.") long created,

            @JsonProperty("created_at") @JsonPropertyDescription("The same.")
            long createdAt,

            ImagesUsage usage,
            @JsonProperty("served_by") String servedBy,
            List<String> warnings,
            List<String> reasons)
            implements ImageEvent {}

    /** No picture could be made. */
    record Broken(@JsonPropertyDescription("error.") String type, ImagesErrorBody.Detail error) implements ImageEvent {
        public Broken(ImagesErrorBody.Detail error) {
            this("error", error);
        }
    }
}
