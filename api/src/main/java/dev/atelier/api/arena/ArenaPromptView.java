package dev.atelier.api.arena;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** A prompt that contenders draw. */
public record ArenaPromptView(
        String id,
        String text,

        @JsonPropertyDescription("text-to-image, edit or sequence.")
        String task,

        String category,

        @JsonPropertyDescription("Pictures: 1, more for a sequence.")
        int images,

        @JsonPropertyDescription("Where it is from: built-in, own or history.")
        String source) {}
