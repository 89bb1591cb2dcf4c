package dev.atelier.mcp.offer;

import dev.atelier.mcp.tool.Json;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Templates for what industries make pictures for, from {@code prompts.yaml}. */
public final class Prompts {
    private static final Pattern PLACE = Pattern.compile("\\{([a-z_]+)}");

    private final JsonNode prompts;
    private final JsonNode choices;

    public Prompts() {
        ObjectNode file = Json.resource("prompts.yaml");
        prompts = file.get("prompts");
        choices = file.get("choices");
    }

    /** As {@code prompts/list} says them. */
    public ArrayNode list() {
        ArrayNode list = Json.array();
        prompts.propertyStream().forEach(entry -> {
            ObjectNode one = list.addObject()
                    .put("name", entry.getKey())
                    .put("title", entry.getValue().get("title").stringValue())
                    .put("description", entry.getValue().get("description").stringValue());
            ArrayNode arguments = one.putArray("arguments");
            entry.getValue()
                    .get("arguments")
                    .propertyStream()
                    .forEach(argument -> arguments
                            .addObject()
                            .put("name", argument.getKey())
                            .put(
                                    "description",
                                    argument.getValue().get("description").stringValue())
                            .put("required", !argument.getValue().has("default")));
        });
        return list;
    }

    public boolean has(String name) {
        return prompts.has(name);
    }

    /**
     * What {@code prompts/get} answers.
     *
     * @throws IllegalArgumentException naming an argument that is missing or that there is not
     */
    public ObjectNode get(String name, Map<String, String> arguments) {
        JsonNode prompt = prompts.get(name);
        JsonNode known = prompt.get("arguments");
        List<String> unknown = arguments.keySet().stream()
                .filter(argument -> !known.has(argument))
                .toList();
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "arguments: " + unknown + " are not known; there are " + known.propertyNames());
        }
        Matcher places = PLACE.matcher(prompt.get("text").stringValue());
        String text = places.replaceAll(place -> Matcher.quoteReplacement(value(place.group(1), known, arguments)));
        ObjectNode answer =
                Json.object().put("description", prompt.get("description").stringValue());
        answer.putArray("messages")
                .addObject()
                .put("role", "user")
                .putObject("content")
                .put("type", "text")
                .put("text", text);
        return answer;
    }

    private static String value(String name, JsonNode known, Map<String, String> arguments) {
        String given = arguments.getOrDefault(name, "").strip();
        if (!given.isEmpty()) {
            return given;
        }
        JsonNode otherwise = known.get(name).get("default");
        if (otherwise == null) {
            throw new IllegalArgumentException("arguments: " + name + " is missing: "
                    + known.get(name).get("description").stringValue());
        }
        return otherwise.asString();
    }

    /** Usual values of an argument; none where anything goes. */
    List<String> choices(String argument) {
        return choices.path(argument).valueStream().map(JsonNode::asString).toList();
    }
}
