package dev.atelier.server.api.images;

import dev.atelier.server.error.ApiException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The fields of a request by name. A form sends every value as text, and some clients do so in JSON too: numbers and
 * booleans are read from text as well. A field that is absent, null or an empty text has its default; a field that the
 * surface does not know is not looked at, since SDKs send options of other services' models.
 */
record Fields(ObjectNode body) {
    private static final int SHOWN = 40;

    /** A text; empty when the field is not given. */
    String text(String name) {
        JsonNode value = body.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        if (!value.isString()) {
            throw wrong(name, value, "a text is needed");
        }
        return value.stringValue();
    }

    /** One of {@code choices}, in lower case; the first when the field is not given. */
    String choice(String name, List<String> choices) {
        String given = text(name).strip().toLowerCase(Locale.ROOT);
        if (given.isEmpty()) {
            return choices.getFirst();
        }
        if (!choices.contains(given)) {
            throw wrong(name, body.path(name), String.join(" or ", choices) + " is needed");
        }
        return given;
    }

    boolean flag(String name, boolean otherwise) {
        JsonNode value = body.path(name);
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        return switch (scalar(name).toLowerCase(Locale.ROOT)) {
            case "" -> otherwise;
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong(name, value, "true or false is needed");
        };
    }

    /** A whole number from {@code least} to {@code most}. */
    long integer(String name, long otherwise, long least, long most) {
        String text = scalar(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        String bound = String.format(Locale.ROOT, "a whole number from %,d to %,d is needed", least, most);
        if (!text.matches("[-+]?[0-9]{1,18}(\\.0+)?")) {
            throw wrong(name, body.path(name), bound);
        }
        long value = Long.parseLong(text.replaceFirst("\\..*", ""));
        if (value < least || value > most) {
            throw wrong(name, body.path(name), bound);
        }
        return value;
    }

    double number(String name, double otherwise) {
        String text = scalar(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        if (!text.matches("[-+]?[0-9]{1,9}(\\.[0-9]{0,18})?([eE][-+]?[0-9]{1,2})?")) {
            throw wrong(name, body.path(name), "a number is needed");
        }
        return Double.parseDouble(text);
    }

    /** A text or a list of texts. */
    List<String> texts(String name) {
        JsonNode value = body.path(name);
        if (!value.isArray()) {
            String one = text(name);
            return one.isEmpty() ? List.of() : List.of(one);
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < value.size(); i++) {
            if (!value.get(i).isString()) {
                throw wrong(name + "[" + i + "]", value.get(i), "a text is needed");
            }
            texts.add(value.get(i).stringValue());
        }
        return texts;
    }

    /** The fields of the object called {@code name}; none when it is not given. */
    Fields inner(String name) {
        JsonNode value = body.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return new Fields(body.objectNode());
        }
        if (value instanceof ObjectNode object) {
            return new Fields(object);
        }
        throw wrong(name, value, "an object is needed");
    }

    private String scalar(String name) {
        JsonNode value = body.path(name);
        return value.isNumber() ? value.asString() : text(name).strip();
    }

    private static ApiException wrong(String name, JsonNode value, String bound) {
        String shown = value.isString() ? "\"" + value.stringValue() + "\"" : value.toString();
        String shortened = shown.length() <= SHOWN ? shown : shown.substring(0, SHOWN) + "…";
        return ApiException.invalid(name, shortened + " is not accepted; " + bound);
    }
}
