package dev.atelier.api.arena;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** Two pictures of one prompt, without a word of who made them. */
public record BattleView(
        @JsonPropertyDescription("Whether there is one; otherwise the reason says why.")
        boolean ready,

        @JsonInclude(JsonInclude.Include.NON_NULL) String reason,
        @JsonInclude(JsonInclude.Include.NON_NULL) String id,
        @JsonInclude(JsonInclude.Include.NON_NULL) String prompt,
        @JsonInclude(JsonInclude.Include.NON_NULL) String task,
        @JsonInclude(JsonInclude.Include.NON_NULL) String category,

        @JsonInclude(JsonInclude.Include.NON_NULL) @JsonPropertyDescription("URLs of what an edit starts from.")
        List<String> sources,

        @JsonInclude(JsonInclude.Include.NON_NULL)
        @JsonPropertyDescription("URLs of the left side's pictures, several in a sequence.")
        List<String> left,

        @JsonInclude(JsonInclude.Include.NON_NULL) List<String> right,

        @JsonInclude(JsonInclude.Include.NON_NULL) @JsonPropertyDescription("Of every picture, pixels.")
        Integer width,

        @JsonInclude(JsonInclude.Include.NON_NULL) Integer height,

        @JsonInclude(JsonInclude.Include.NON_NULL)
        @JsonPropertyDescription("Goes with the vote; it is good for this key only.")
        String token,

        @JsonInclude(JsonInclude.Include.NON_NULL) @JsonProperty("expires_at") @JsonPropertyDescription("Of the token.")
        String expiresAt) {
    public static BattleView none(String reason) {
        return new BattleView(false, reason, null, null, null, null, null, null, null, null, null, null, null);
    }
}
