package dev.atelier.api.arena;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** Who meets in the arena: a model with the settings that it draws with. */
public record ContenderView(
        String name,

        @JsonPropertyDescription("As it was given: a model or an alias.")
        String model,

        @JsonProperty("served_by") @JsonPropertyDescription("The model behind it when it was entered.")
        String servedBy,

        @JsonPropertyDescription("0: the model's own.") int steps,

        @JsonProperty("guidance_scale") @JsonPropertyDescription("-1: the model's own.")
        double guidanceScale,

        @JsonPropertyDescription("How its weights are kept: stored, fp32 or int8.")
        String precision,

        @JsonPropertyDescription("Whether prompt engineering may rewrite the prompt.")
        boolean expansion,

        @JsonPropertyDescription("SHA-256 of its weights; empty until it is computed.")
        String weights,

        @JsonProperty("created_at") String createdAt,

        @JsonPropertyDescription("Meets nobody any more; its votes stay.")
        boolean retired) {}
