package dev.atelier.engine.text.grammar;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON texts that are valid against a JSON Schema, of which this much is known: objects whose fields are all required, in the schema's
 * order; arrays with {@code minItems} and {@code maxItems}; strings with {@code minLength}, {@code maxLength} and {@code pattern};
 * integers from 0 with {@code minimum} and {@code maximum}; booleans. One blank may stand after a colon and a comma, none elsewhere.
 */
public final class JsonGrammar {
    private static final Set<String> NOTES =
            Set.of("$schema", "$id", "title", "description", "default", "examples", "type");
    private static final int MOST = 1_000_000;

    private JsonGrammar() {}

    /** What parses one value and then goes on with what follows it. */
    @FunctionalInterface
    private interface Value {
        GrammarState before(GrammarState next);
    }

    /** Nothing follows. */
    private static final GrammarState END = new GrammarState() {
        @Override
        public GrammarState after(int octet) {
            return null;
        }

        @Override
        public boolean isComplete() {
            return true;
        }

        @Override
        public void finish(ByteArrayOutputStream text) {}
    };

    /**
     * The beginning of a text.
     *
     * @throws IllegalArgumentException naming the place and the keyword that is not known or wrong
     */
    public static GrammarState of(String schema) {
        try {
            return value(JsonMapper.shared().readTree(schema), "$").before(END);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("schema: is no valid JSON", e);
        }
    }

    private static Value value(JsonNode schema, String at) {
        return switch (schema.path("type").asString("")) {
            case "object" -> object(schema, at);
            case "array" -> array(schema, at);
            case "string" -> string(schema, at);
            case "integer" -> integer(schema, at);
            case "boolean" -> {
                requireKnown(schema, at, Set.of());
                yield next -> new JsonStates.Choice(List.of(bytes("true"), bytes("false")), 0, next);
            }
            default ->
                throw new IllegalArgumentException(at + ".type: object, array, string, integer or boolean is needed");
        };
    }

    private static Value object(JsonNode schema, String at) {
        requireKnown(schema, at, Set.of("properties", "required", "additionalProperties"));
        List<String> names = List.copyOf(schema.path("properties").propertyNames());
        List<String> required =
                schema.path("required").valueStream().map(JsonNode::asString).toList();
        if (names.isEmpty() || !Set.copyOf(required).equals(Set.copyOf(names))) {
            throw new IllegalArgumentException(at + ".required: every property must be in it, and there must be one");
        }
        List<Value> values = new ArrayList<>();
        for (String name : names) {
            values.add(value(schema.get("properties").get(name), at + "." + name));
        }
        return next -> {
            GrammarState state = literal("}", next);
            for (int i = names.size() - 1; i >= 0; i--) {
                GrammarState member = literal(
                        JsonMapper.shared().writeValueAsString(names.get(i)) + ":",
                        new JsonStates.Blank(values.get(i).before(state)));
                state = i == 0 ? member : literal(",", new JsonStates.Blank(member));
            }
            return literal("{", state);
        };
    }

    private static Value array(JsonNode schema, String at) {
        requireKnown(schema, at, Set.of("items", "minItems", "maxItems"));
        int min = bound(schema, "minItems", 0, at);
        int max = bound(schema, "maxItems", MOST, at);
        requireOrder(min, max, at);
        Value item = value(schema.path("items"), at + "[]");
        return next -> literal("[", new JsonStates.Items(item::before, 0, min, max, false, next));
    }

    private static Value string(JsonNode schema, String at) {
        requireKnown(schema, at, Set.of("minLength", "maxLength", "pattern"));
        int min = bound(schema, "minLength", 0, at);
        int max = bound(schema, "maxLength", MOST, at);
        requireOrder(min, max, at);
        if (!schema.has("pattern")) {
            return next -> literal("\"", new JsonStates.Text(min, max, JsonStates.Utf8.START, next));
        }
        try {
            Pattern pattern = Pattern.compile(schema.get("pattern").stringValue());
            return next -> literal("\"", new JsonStates.Fitting(pattern, max, "", next));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(at + ".pattern: is none", e);
        }
    }

    private static Value integer(JsonNode schema, String at) {
        requireKnown(schema, at, Set.of("minimum", "maximum"));
        int min = bound(schema, "minimum", 0, at);
        int max = bound(schema, "maximum", MOST, at);
        requireOrder(min, max, at);
        return next -> new JsonStates.Whole(min, max, -1, next);
    }

    private static int bound(JsonNode schema, String keyword, int absent, String at) {
        int bound = schema.path(keyword).asInt(absent);
        if (bound < 0 || bound > MOST) {
            throw new IllegalArgumentException(at + "." + keyword + ": " + bound + " is not in 0 to " + MOST);
        }
        return bound;
    }

    private static void requireOrder(int min, int max, String at) {
        if (min > max) {
            throw new IllegalArgumentException(at + ": from " + min + " to " + max + " there is nothing");
        }
    }

    private static void requireKnown(JsonNode schema, String at, Set<String> known) {
        schema.propertyNames().forEach(name -> {
            if (!known.contains(name) && !NOTES.contains(name)) {
                throw new IllegalArgumentException(at + "." + name + ": is not known to the grammar");
            }
        });
    }

    private static GrammarState literal(String text, GrammarState next) {
        return new JsonStates.Literal(bytes(text), 0, next);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
