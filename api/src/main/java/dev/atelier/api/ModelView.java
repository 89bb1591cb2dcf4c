package dev.atelier.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** A name that orders may give, with what people read of it. */
public record ModelView(
        String uuid,
        @JsonPropertyDescription("The name in orders.") String model,
        @JsonPropertyDescription("Image.") String type,
        String displayName,
        String profile,
        @JsonPropertyDescription("A URL.") String avatar,

        @JsonPropertyDescription("A URL: what it is, in Markdown.")
        String readme,

        @JsonPropertyDescription("A URL: the fields of its orders, as an OpenAPI document.")
        String schema,

        List<String> tags,
        String organization,
        List<String> categories,
        Price price,
        @JsonProperty("display_console") boolean displayConsole,

        @JsonProperty("served_by") @JsonPropertyDescription("The model behind the name.")
        String servedBy) {
    public record Price(Amount actual, Amount origin) {
        public static final Price FREE = new Price(new Amount("0"), new Amount("0"));
    }

    public record Amount(@JsonProperty("base_price") String basePrice) {}
}
