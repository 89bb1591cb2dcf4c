package dev.atelier.api.images;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** The names that requests may give, as OpenAI's clients list them. */
public record ModelList(String object, List<Card> data) {
    public ModelList(List<Card> data) {
        this("list", data);
    }

    public record Card(
            String id,
            String object,
            @JsonPropertyDescription("Seconds since 1970.") long created,
            @JsonProperty("owned_by") String ownedBy,

            @JsonProperty("served_by") @JsonPropertyDescription("The model behind the name.")
            String servedBy) {
        public Card(String id, long created, String servedBy) {
            this(id, "model", created, "atelier", servedBy);
        }
    }
}
