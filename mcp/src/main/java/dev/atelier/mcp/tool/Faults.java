package dev.atelier.mcp.tool;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What is wrong with a call's arguments, in our words: field, value and bound. */
final class Faults {
    private static final int SHOWN = 60;
    private static final Set<String> SAID_BEFORE = Set.of("required", "additionalProperties");

    private Faults() {}

    /**
     * @param schema of the arguments, an object
     * @param check made of it
     * @return a sentence a fault; none when all is well
     */
    static List<String> of(ObjectNode arguments, ObjectNode schema, Schema check) {
        List<String> faults = new ArrayList<>();
        JsonNode properties = schema.get("properties");
        schema.path("required").valueStream().map(JsonNode::stringValue).forEach(name -> {
            if (!arguments.has(name)) {
                faults.add(name + ": missing");
            }
        });
        arguments.propertyNames().forEach(name -> {
            if (!properties.has(name)) {
                faults.add(shortened(name) + ": not a parameter of this tool");
            }
        });
        check.validate(arguments).stream()
                .filter(error -> !SAID_BEFORE.contains(error.getKeyword())
                        && error.getInstanceLocation().getNameCount() > 0)
                .map(error -> words(error, properties, arguments))
                .forEach(faults::add);
        return faults.stream().distinct().toList();
    }

    private static String words(Error error, JsonNode properties, ObjectNode arguments) {
        String name = error.getInstanceLocation().getName(0).toString();
        boolean inList = error.getInstanceLocation().getNameCount() > 1
                && arguments.get(name).isArray();
        int index =
                inList ? Integer.parseInt(error.getInstanceLocation().getName(1).toString()) : 0;
        JsonNode value = inList ? arguments.get(name).get(index) : arguments.get(name);
        JsonNode rules = inList ? properties.path(name).path("items") : properties.path(name);
        JsonNode bound = rules.path(error.getKeyword());
        return (inList ? name + "[" + index + "]" : name)
                + ": "
                + switch (error.getKeyword()) {
                    case "minimum" -> shown(value) + " is below " + bound.asString() + ", the least allowed";
                    case "maximum" -> shown(value) + " is above " + bound.asString() + ", the most allowed";
                    case "minItems" -> value.size() + " entries is below " + bound.asString() + ", the least allowed";
                    case "maxItems" -> value.size() + " entries is above " + bound.asString() + ", the most allowed";
                    case "minLength" -> "is empty";
                    case "maxLength" ->
                        value.asString().length() + " characters is above " + bound.asString() + ", the most allowed";
                    case "enum" ->
                        shown(value) + " is none of "
                                + String.join(
                                        ", ",
                                        bound.valueStream()
                                                .map(JsonNode::asString)
                                                .toList());
                    case "pattern" -> shown(value) + " has not the form that is needed";
                    default -> shown(value) + " is not of type " + Allowed.type(rules);
                };
    }

    private static String shown(JsonNode value) {
        return "'" + shortened(value.isString() ? value.stringValue() : value.toString()) + "'";
    }

    private static String shortened(String text) {
        String plain = text.replaceAll("\\p{Cntrl}", "?");
        return plain.length() <= SHOWN ? plain : plain.substring(0, SHOWN) + "…";
    }
}
