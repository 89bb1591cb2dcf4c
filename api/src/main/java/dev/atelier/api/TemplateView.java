package dev.atelier.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** A prompt with slots that orders may use in place of their own words. */
public record TemplateView(
        @JsonPropertyDescription("The name in orders, such as shop/packshot.")
        String template,

        @JsonPropertyDescription("From 1; name@version in an order refuses any other.")
        int version,

        Text industry,
        Text title,
        @JsonPropertyDescription("One sentence.") Text description,

        @JsonPropertyDescription("In the order in which people are asked for them.")
        List<Slot> slots,

        @JsonPropertyDescription("What the template says with its examples in the slots that must be given.")
        Text example) {
    /** The same in two languages. */
    public record Text(String en, String zh) {}

    public record Slot(
            String name,

            @JsonPropertyDescription("text, choice, ratio or count.")
            String type,

            Text title,

            @JsonPropertyDescription("Whether an order must fill it.")
            boolean required,

            @JsonProperty("default")
            @JsonInclude(Include.NON_NULL)
            @JsonPropertyDescription("What it has when an order leaves it out; empty texts: nothing.")
            Text preset,

            @JsonInclude(Include.NON_NULL) @JsonPropertyDescription("Something that an order could fill it with.")
            Text example,

            @JsonInclude(Include.NON_NULL) @JsonPropertyDescription("The least number of a count.")
            Integer minimum,

            @JsonInclude(Include.NON_NULL) @JsonPropertyDescription("The greatest number of a count.")
            Integer maximum,

            @JsonProperty("max_length")
            @JsonInclude(Include.NON_NULL)
            @JsonPropertyDescription("The most characters of a text.")
            Integer maxLength,

            @JsonInclude(Include.NON_NULL) @JsonPropertyDescription("The values of a choice or ratio.")
            List<String> choices) {}
}
