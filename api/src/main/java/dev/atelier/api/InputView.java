package dev.atelier.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import java.util.Map;

/** What was ordered, in the fields of an order: sent again it makes the same pictures. What was left open is left out. */
public record InputView(
        String model,
        String prompt,

        @JsonInclude(Include.NON_NULL) @JsonProperty("negative_prompt")
        String negativePrompt,

        @JsonInclude(Include.NON_NULL) @JsonProperty("enable_prompt_expansion")
        Boolean enablePromptExpansion,

        @JsonInclude(Include.NON_NULL) @JsonPropertyDescription("References.")
        List<String> images,

        @JsonInclude(Include.NON_NULL) String mask,
        @JsonInclude(Include.NON_NULL) String outpaint,
        @JsonInclude(Include.NON_NULL) Double strength,
        @JsonInclude(Include.NON_NULL) String size,

        @JsonInclude(Include.NON_NULL) @JsonProperty("aspect_ratio")
        String aspectRatio,

        @JsonInclude(Include.NON_NULL) @JsonProperty("max_images")
        Integer maxImages,

        @JsonInclude(Include.NON_NULL) Integer steps,

        @JsonInclude(Include.NON_NULL) @JsonProperty("guidance_scale")
        Double guidanceScale,

        @JsonPropertyDescription("As given or drawn.") long seed,

        @JsonProperty("output_format") @JsonPropertyDescription("png, jpeg or webp.")
        String outputFormat,

        @JsonInclude(Include.NON_NULL) Boolean watermark,

        @JsonInclude(Include.NON_NULL)
        @JsonPropertyDescription("The template that the prompt's words come from, with its version.")
        String template,

        @JsonInclude(Include.NON_NULL) @JsonPropertyDescription("What its slots were given, by name.")
        Map<String, String> slots) {}
