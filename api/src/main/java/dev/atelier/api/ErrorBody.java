package dev.atelier.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** Why a request to {@code /api/v1} was refused. */
public record ErrorBody(
        @JsonPropertyDescription("The HTTP status.") int code,

        @JsonPropertyDescription("What is wrong: field, value and bound.")
        String message,

        @JsonPropertyDescription("The same.") String msg) {
    public ErrorBody(int code, String message) {
        this(code, message, message);
    }
}
