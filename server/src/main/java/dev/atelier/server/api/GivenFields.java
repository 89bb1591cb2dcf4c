package dev.atelier.server.api;

import dev.atelier.server.error.ApiException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * A body's fields by name, whatever form it has: those inside {@code input} win over those beside it, members of option objects are
 * called {@code object.member}, and what is null is not there.
 */
final class GivenFields {
    private static final Set<String> OPTIONS = Set.of("sequential_image_generation_options", "optimize_prompt_options");
    private static final Set<String> SIZES = Set.of("size", "image_size", "resolution");

    /** As form libraries write members of objects. */
    private static final Pattern BRACKETS = Pattern.compile("(\\w+)\\[(\\w+)]");

    private GivenFields() {}

    /** @throws ApiException 400 when an object is none */
    static Map<String, JsonNode> of(ObjectNode body) {
        Map<String, JsonNode> given = new LinkedHashMap<>();
        body.propertyStream().forEach(e -> put(given, e.getKey(), e.getValue()));
        JsonNode input = given.remove("input");
        if (input != null) {
            object("input", input).propertyStream().forEach(e -> put(given, e.getKey(), e.getValue()));
        }
        return given;
    }

    private static void put(Map<String, JsonNode> given, String name, JsonNode value) {
        Matcher member = BRACKETS.matcher(name);
        boolean empty =
                value.isNull() || value.isString() && value.stringValue().isBlank();
        if (OPTIONS.contains(name)) {
            if (!empty) {
                object(name, value).propertyStream().forEach(e -> put(given, name + "." + e.getKey(), e.getValue()));
            }
        } else if (member.matches() && OPTIONS.contains(member.group(1))) {
            put(given, member.group(1) + "." + member.group(2), value);
        } else if (SIZES.contains(name) && value instanceof ObjectNode sides) {
            given.put(name, StringNode.valueOf(side(name, sides, "width") + "x" + side(name, sides, "height")));
        } else if (!value.isNull()) {
            given.put(name, value);
        }
    }

    /** An object, which a form writes as a text. */
    private static ObjectNode object(String name, JsonNode value) {
        if (value instanceof ObjectNode object) {
            return object;
        }
        if (value.isString() && value.stringValue().startsWith("{")) {
            try {
                if (JsonMapper.shared().readTree(value.stringValue()) instanceof ObjectNode object) {
                    return object;
                }
            } catch (JacksonException _) {
                throw ApiException.invalid(name, "is no valid JSON");
            }
        }
        throw ApiException.invalid(name, "is no JSON object");
    }

    private static String side(String name, ObjectNode sides, String side) {
        JsonNode value = sides.path(side);
        if (!value.isNumber() && !value.isString()) {
            throw ApiException.invalid(name + "." + side, "missing; width and height are given together");
        }
        return value.asString();
    }
}
