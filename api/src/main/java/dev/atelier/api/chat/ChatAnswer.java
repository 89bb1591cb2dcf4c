package dev.atelier.api.chat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** The next turn of a conversation. */
public record ChatAnswer(
        String id,
        @JsonPropertyDescription("chat.completion.") String object,
        @JsonPropertyDescription("Seconds since 1970.") long created,

        @JsonPropertyDescription("The model that wrote it, whatever name was asked for.")
        String model,

        List<Choice> choices,
        ChatUsage usage,

        @JsonPropertyDescription("What of the request is not known, so has no effect.")
        List<String> warnings) {
    /** The only one. */
    public record Choice(
            int index,
            Message message,

            @JsonProperty("finish_reason") @JsonPropertyDescription("stop, or length when it was cut.")
            String finishReason) {}

    public record Message(
            @JsonPropertyDescription("assistant.") String role, String content) {}
}
