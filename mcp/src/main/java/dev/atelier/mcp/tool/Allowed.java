package dev.atelier.mcp.tool;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The parameters of a schema as a list that a language model mends its call by. */
final class Allowed {
    private Allowed() {}

    /** A line a parameter: type, required, choices, range, default, the first sentence of its description. */
    static String list(ObjectNode schema) {
        List<String> required =
                schema.path("required").valueStream().map(JsonNode::stringValue).toList();
        List<String> lines = schema.get("properties")
                .propertyStream()
                .map(field -> line(field.getKey(), field.getValue(), required.contains(field.getKey())))
                .toList();
        return lines.isEmpty() ? "- none" : String.join("\n", lines);
    }

    private static String line(String name, JsonNode field, boolean required) {
        List<String> facts = new ArrayList<>();
        facts.add(type(field));
        if (required) {
            facts.add("required");
        }
        if (field.has("enum")) {
            facts.add("one of "
                    + String.join(
                            ", ",
                            field.get("enum")
                                    .valueStream()
                                    .map(JsonNode::asString)
                                    .toList()));
        }
        range(facts, field, "minimum", "maximum", "");
        range(facts, field, "minLength", "maxLength", " characters");
        range(facts, field, "minItems", "maxItems", " entries");
        if (field.has("pattern")) {
            facts.add("matches " + field.get("pattern").stringValue());
        }
        if (field.has("default")) {
            facts.add("default " + field.get("default").asString());
        }
        String sentence = field.path("description").asString("").split("(?<=[.:;])\\s", 2)[0];
        return "- `" + name + "` (" + String.join(", ", facts) + ")" + (sentence.isEmpty() ? "" : ": " + sentence);
    }

    /** Such as {@code integer}, {@code array of strings}. */
    static String type(JsonNode field) {
        if (field.has("anyOf")) {
            return "string or array of strings";
        }
        String type = field.path("type").asString("any");
        return type.equals("array") ? "array of " + field.at("/items/type").asString("any") + "s" : type;
    }

    private static void range(List<String> facts, JsonNode field, String least, String most, String of) {
        if (field.has(most)) {
            facts.add(field.path(least).asString("0") + " to " + field.get(most).asString() + of);
        } else if (field.path(least).asInt(0) > 1) {
            facts.add("at least " + field.get(least).asString() + of);
        }
    }
}
