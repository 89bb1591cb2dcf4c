package dev.atelier.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** What a file's credentials (C2PA) are worth and what they say. */
public record ProvenanceView(
        @JsonPropertyDescription(
                "absent, invalid, valid (nothing was changed, the signer is not known here) or trusted.")
        String state,

        @JsonPropertyDescription("Program that wrote them; empty where there are none that can be read.")
        String program,

        @JsonPropertyDescription("Distinguished name of the signer's certificate.")
        String signer,

        @JsonPropertyDescription("Distinguished name of who issued it.")
        String issuer,

        List<Action> actions,
        List<Ingredient> ingredients,
        List<Finding> findings) {
    public ProvenanceView {
        actions = List.copyOf(actions);
        ingredients = List.copyOf(ingredients);
        findings = List.copyOf(findings);
    }

    /** What was done to the picture. */
    public record Action(
            @JsonPropertyDescription("Such as c2pa.created or c2pa.edited.")
            String name,

            @JsonProperty("digital_source_type")
            @JsonPropertyDescription("IPTC's address of how the content came about; may be empty.")
            String digitalSourceType,

            @JsonPropertyDescription("Program or model that did it; may be empty.")
            String software) {}

    /** A picture that went into this one. */
    public record Ingredient(
            String title,

            @JsonPropertyDescription("parentOf, inputTo or componentOf.")
            String relationship) {}

    /** A step of the check. */
    public record Finding(
            @JsonPropertyDescription("As the C2PA specification names it.")
            String code,

            boolean success,
            String explanation) {}

    /** In the envelope of every answer. */
    public record Body(int code, String message, ProvenanceView data) {
        public Body(ProvenanceView data) {
            this(Answer.OK, Answer.SUCCESS, data);
        }
    }
}
