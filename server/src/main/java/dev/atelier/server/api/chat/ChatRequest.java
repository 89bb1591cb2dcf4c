package dev.atelier.server.api.chat;

import dev.atelier.engine.text.ChatTurn;
import dev.atelier.engine.text.TokenSampling;
import dev.atelier.engine.text.grammar.GrammarState;
import dev.atelier.engine.text.grammar.JsonGrammar;
import dev.atelier.server.error.ApiException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A checked request for the next turn of a conversation.
 *
 * @param grammar what the answer is held to; null: nothing
 * @param stop words at which the answer ends, without them
 * @param usage whether a stream tells of tokens at its end
 * @param warnings what is not known, so has no effect
 */
record ChatRequest(
        List<ChatTurn> turns,
        int maxTokens,
        TokenSampling sampling,
        GrammarState grammar,
        List<String> stop,
        boolean stream,
        boolean usage,
        List<String> warnings) {
    private static final int MOST_TOKENS = 2048;
    private static final int USUAL_TOKENS = 512;
    private static final int MOST_STOPS = 4;
    private static final int LONGEST_STOP = 100;
    private static final double LEAST_TOP_P = 0.001;

    /** Numbers of JavaScript are whole up to here. */
    private static final long MOST_SEED = (1L << 53) - 1;

    private static final Set<String> TOOLS = Set.of("tools", "functions");
    private static final Set<String> KNOWN = Set.of(
            "model",
            "messages",
            "max_tokens",
            "max_completion_tokens",
            "temperature",
            "top_p",
            "top_k",
            "seed",
            "stop",
            "stream",
            "stream_options",
            "response_format",
            "n",
            "user");

    /** @throws ApiException 400 naming field, value and bound */
    static ChatRequest read(ObjectNode body) {
        requireNoTools(body);
        integer(body, "n", 1, 1, 1);
        String length = body.hasNonNull("max_completion_tokens") ? "max_completion_tokens" : "max_tokens";
        return new ChatRequest(
                ChatMessages.read(body.path("messages")),
                (int) integer(body, length, USUAL_TOKENS, 1, MOST_TOKENS),
                new TokenSampling(
                        number(body, "temperature", 0.7, 0, 2),
                        number(body, "top_p", 0.95, LEAST_TOP_P, 1),
                        (int) integer(body, "top_k", 40, 0, 1000),
                        integer(body, "seed", ThreadLocalRandom.current().nextLong(MOST_SEED), -MOST_SEED, MOST_SEED)),
                grammar(body.path("response_format")),
                stop(body.path("stop")),
                flag(body, "stream"),
                body.path("stream_options").path("include_usage").asBoolean(false),
                unknown(body));
    }

    private static void requireNoTools(ObjectNode body) {
        for (String name : TOOLS) {
            if (body.path(name).isArray() && !body.get(name).isEmpty()) {
                throw ApiException.invalid(name, "this language model calls no tools");
            }
        }
    }

    private static List<String> unknown(ObjectNode body) {
        List<String> unknown = new ArrayList<>();
        body.propertyNames().stream()
                .filter(name -> !KNOWN.contains(name))
                .limit(12)
                .map(name -> name.length() <= 40 ? name : name.substring(0, 40) + "…")
                .forEach(unknown::add);
        return unknown.isEmpty() ? List.of() : List.of("not known, so ignored: " + String.join(", ", unknown));
    }

    private static GrammarState grammar(JsonNode format) {
        String type = format.path("type").asString("text");
        if (type.equals("text")) {
            return null;
        }
        if (!type.equals("json_schema")) {
            throw ApiException.invalid(
                    "response_format.type",
                    "'" + (type.length() <= 40 ? type : type.substring(0, 40) + "…")
                            + "' is none of text, json_schema");
        }
        try {
            return JsonGrammar.of(format.path("json_schema").path("schema").toString());
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid("response_format.json_schema.schema", e.getMessage());
        }
    }

    private static List<String> stop(JsonNode stop) {
        if (stop.isMissingNode() || stop.isNull()) {
            return List.of();
        }
        List<String> words = stop.isArray()
                ? stop.valueStream().map(word -> word.asString("")).toList()
                : List.of(stop.asString(""));
        if (words.size() > MOST_STOPS) {
            throw ApiException.invalid("stop", words.size() + " entries is above " + MOST_STOPS + ", the most allowed");
        }
        if (words.stream().anyMatch(word -> word.isEmpty() || word.length() > LONGEST_STOP)) {
            throw ApiException.invalid("stop", "each entry must be a text of 1 to " + LONGEST_STOP + " characters");
        }
        return words;
    }

    private static boolean flag(ObjectNode body, String name) {
        if (!body.hasNonNull(name)) {
            return false;
        }
        if (!body.get(name).isBoolean()) {
            throw ApiException.invalid(name, "is not of type boolean");
        }
        return body.get(name).booleanValue();
    }

    private static long integer(ObjectNode body, String name, long absent, long min, long max) {
        if (!body.hasNonNull(name)) {
            return absent;
        }
        if (!body.get(name).isIntegralNumber()) {
            throw ApiException.invalid(name, "is not of type integer");
        }
        return (long) bounded(body, name, min, max);
    }

    private static double number(ObjectNode body, String name, double absent, double min, double max) {
        if (!body.hasNonNull(name)) {
            return absent;
        }
        if (!body.get(name).isNumber()) {
            throw ApiException.invalid(name, "is not of type number");
        }
        return bounded(body, name, min, max);
    }

    private static double bounded(ObjectNode body, String name, double min, double max) {
        double value = body.get(name).asDouble();
        if (value < min || value > max) {
            throw ApiException.invalid(
                    name, body.get(name).asString() + " is not in " + plain(min) + " to " + plain(max));
        }
        return value;
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
    }
}
