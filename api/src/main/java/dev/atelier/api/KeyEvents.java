package dev.atelier.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** Events of the stream of all predictions that no other record describes. */
public final class KeyEvents {
    private KeyEvents() {}

    public record Deleted(
            @JsonPropertyDescription("The prediction's.") String id) {}

    /** More has ended than is told again. */
    public record Gap(String message) {}
}
