package dev.atelier.api.images;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** Why a request to {@code /v1} or {@code /api/v3} was refused or failed. */
public record ImagesErrorBody(Detail error) {
    public record Detail(
            String code,

            @JsonPropertyDescription("What is wrong: field, value and bound.")
            String message,

            @JsonInclude @JsonPropertyDescription("The field at fault; null when it is none.")
            String param,

            @JsonPropertyDescription("Whose fault it is, such as invalid_request_error.")
            String type) {}
}
