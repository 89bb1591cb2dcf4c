package dev.atelier.api.chat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** A piece of the next turn of a conversation, as an event of a stream. */
public record ChatChunk(
        String id,
        String object,
        long created,
        String model,
        List<Choice> choices,
        @JsonInclude(Include.NON_NULL) ChatUsage usage) {
    /** What is new; the last one has a reason and nothing new. */
    public record Choice(
            int index,
            Delta delta,
            @JsonProperty("finish_reason") String finishReason) {}

    public record Delta(
            @JsonInclude(Include.NON_NULL) String role,
            @JsonInclude(Include.NON_NULL) String content) {}
}
