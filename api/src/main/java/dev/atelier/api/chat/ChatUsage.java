package dev.atelier.api.chat;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Tokens that a conversation took. */
public record ChatUsage(
        @JsonProperty("prompt_tokens") int promptTokens,
        @JsonProperty("completion_tokens") int completionTokens,
        @JsonProperty("total_tokens") int totalTokens) {
    public static ChatUsage of(int prompt, int completion) {
        return new ChatUsage(prompt, completion, prompt + completion);
    }
}
