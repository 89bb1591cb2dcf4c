package dev.atelier.server.catalog;

import com.networknt.schema.Error;
import dev.atelier.server.catalog.ListingSchema.Property;
import dev.atelier.server.error.ApiException;
import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BigIntegerNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Reads a field's value from loose JSON: brings it into the form that the field's schema describes, has the schema check it, and says
 * in plain words what is wrong. Forms send every value as text, and some clients do so in JSON too: numbers and booleans are read from
 * text as well.
 */
final class FieldReader {
    private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9]{1,20}(\\.[0-9]{0,20})?([eE][-+]?[0-9]{1,2})?");
    private static final double FAR_OUTSIDE = 1e300;
    private static final int SHOWN = 60;

    private FieldReader() {}

    /**
     * @return a String, Long, Double, Boolean or List of String, by the field's type; null when the value is null or an empty text
     * @throws ApiException 400 naming field, value and bound
     */
    static Object read(Property field, JsonNode value) {
        boolean several = field.pictures().equals("several");
        if (value.isNull() || value.isString() && value.stringValue().isBlank()) {
            return several && !value.isNull() ? List.of() : null;
        }
        JsonNode formed = several ? pictures(field, value) : formed(field, value);
        field.fault(formed).ifPresent(fault -> {
            throw invalid(field, value, formed, fault);
        });
        return switch (field.rules().get("type").stringValue()) {
            case "integer" -> formed.longValue();
            case "number" -> formed.doubleValue();
            case "boolean" -> formed.booleanValue();
            case "array" -> formed.valueStream().map(JsonNode::stringValue).toList();
            default -> formed.stringValue();
        };
    }

    /** The value as the schema describes it; one that cannot be brought into that form as it is. */
    private static JsonNode formed(Property field, JsonNode value) {
        if (!field.pictures().isEmpty()) {
            return picture(field, field.name(), value);
        }
        String text = value.isString() ? value.stringValue().strip() : "";
        return switch (field.rules().get("type").stringValue()) {
            case "integer", "number" -> number(field, value, value.isNumber() ? value.asString() : text);
            case "boolean" -> flag(value, text.toLowerCase(Locale.ROOT));
            default ->
                field.schema().has("enum") && value.isString()
                        ? StringNode.valueOf(text.toLowerCase(Locale.ROOT))
                        : value;
        };
    }

    /** Whole numbers as integers of any length, which the schema can compare; a fraction where one is needed is none to it. */
    private static JsonNode number(Property field, JsonNode value, String text) {
        if (!value.isNumber() && !NUMBER.matcher(text).matches()) {
            return value;
        }
        // Far outside every bound; which one it breaks is said with the bound.
        BigDecimal number = NUMBER.matcher(text).matches()
                ? new BigDecimal(text.endsWith(".") ? text + "0" : text)
                : BigDecimal.valueOf(Math.clamp(value.doubleValue(), -FAR_OUTSIDE, FAR_OUTSIDE));
        if (field.rules().get("type").stringValue().equals("number")) {
            return DecimalNode.valueOf(number);
        }
        boolean whole = number.stripTrailingZeros().scale() <= 0;
        return whole ? BigIntegerNode.valueOf(number.toBigIntegerExact()) : StringNode.valueOf(text);
    }

    private static JsonNode flag(JsonNode value, String text) {
        return switch (text) {
            case "true" -> BooleanNode.TRUE;
            case "false" -> BooleanNode.FALSE;
            default -> value;
        };
    }

    /** A list, also of one that was given without one. */
    private static ArrayNode pictures(Property field, JsonNode value) {
        ArrayNode pictures = JsonNodeFactory.instance.arrayNode();
        if (!value.isArray()) {
            JsonNode one = picture(field, field.name(), value);
            return one.stringValue().isBlank() ? pictures : pictures.add(one);
        }
        for (JsonNode entry : value) {
            if (!entry.isString() && !entry.isObject()) {
                throw wrongType(field, value);
            }
            String name = field.name() + "[" + pictures.size() + "]";
            JsonNode one = picture(field, name, entry);
            if (one.stringValue().isBlank()) {
                throw ApiException.invalid(name, "is empty; a URL, a data URI or base64 is needed");
            }
            pictures.add(one);
        }
        return pictures;
    }

    /** A text, or OpenAI's object with the URL in it. */
    private static JsonNode picture(Property field, String name, JsonNode value) {
        if (value.isString()) {
            return value;
        }
        if (value instanceof ObjectNode object) {
            if (object.has("file_id")) {
                throw ApiException.invalid(
                        name + ".file_id",
                        "there is no Files API here; image_url with a URL or a data URI is needed, uploadMedia makes one");
            }
            for (String key : List.of("image_url", "url")) {
                if (object.has(key)) {
                    return picture(field, name + "." + key, object.get(key));
                }
            }
            throw ApiException.invalid(name, "is an object without image_url");
        }
        throw wrongType(field, value);
    }

    /** What the schema found, in our words. */
    private static ApiException invalid(Property field, JsonNode given, JsonNode formed, Error fault) {
        boolean inList = fault.getInstanceLocation().getNameCount() > 0;
        JsonNode rules = inList ? field.rules().get("items") : field.rules();
        JsonNode bound = rules.path(fault.getKeyword());
        String shown = shortened(given.isString() || given.isNumber() ? given.asString() : given.toString());
        return switch (fault.getKeyword()) {
            case "minimum" ->
                ApiException.invalid(field.name(), shown + " is below " + plain(bound) + ", the least allowed");
            case "maximum" ->
                ApiException.invalid(field.name(), shown + " is above " + plain(bound) + ", the most allowed");
            case "maxItems" ->
                ApiException.invalid(
                        field.name(), formed.size() + " entries is above " + plain(bound) + ", the most allowed");
            case "maxLength" -> {
                int index = inList
                        ? Integer.parseInt(
                                fault.getInstanceLocation().getName(0).toString())
                        : 0;
                String text = (inList ? formed.get(index) : formed).stringValue();
                yield ApiException.invalid(
                        given.isArray() ? field.name() + "[" + index + "]" : field.name(),
                        plain(text.codePointCount(0, text.length())) + " characters is above " + plain(bound)
                                + ", the most allowed");
            }
            case "enum" -> ApiException.invalid(field.name(), "'" + shown + "' is none of " + choices(bound));
            default -> wrongType(field, given);
        };
    }

    private static ApiException wrongType(Property field, JsonNode value) {
        String type = switch (field.schema().path("type").asString("")) {
            case "" -> "string or array of strings";
            case "array" -> "array of strings";
            default -> field.schema().get("type").stringValue();
        };
        return ApiException.invalid(field.name(), shortened(value.toString()) + " is not of type " + type);
    }

    private static List<String> choices(JsonNode choices) {
        return choices.valueStream().map(JsonNode::stringValue).toList();
    }

    private static String plain(JsonNode bound) {
        return plain(bound.decimalValue());
    }

    private static String plain(Number bound) {
        return new DecimalFormat("#,##0.###", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(bound);
    }

    private static String shortened(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
