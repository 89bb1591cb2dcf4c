package dev.atelier.server.catalog;

import dev.atelier.server.catalog.Field.Bounds;
import dev.atelier.server.error.ApiException;
import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a field's value from loose JSON and holds it against its bounds. Forms send every value as text, and some clients do so in
 * JSON too: numbers and booleans are read from text as well.
 */
final class FieldReader {
    private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9]{1,20}(\\.[0-9]{0,20})?([eE][-+]?[0-9]{1,2})?");
    private static final int SHOWN = 60;

    private FieldReader() {}

    /**
     * @return a String, Long, Double, Boolean or List of String, by the field's kind; null when the value is null or an empty text
     * @throws ApiException 400 naming field, value and bound
     */
    static Object read(Field field, JsonNode value) {
        if (value.isNull()
                || value.isString()
                        && value.stringValue().isBlank()
                        && !field.kind().isPictures()) {
            return null;
        }
        return switch (field.kind()) {
            case STRING -> text(field, value);
            case INTEGER -> bounded(field, value, integer(field, value));
            case NUMBER -> bounded(field, value, number(field, value).doubleValue());
            case BOOLEAN -> flag(field, value);
            case PICTURE -> inLength(field, field.name(), picture(field, field.name(), value));
            case PICTURES, PICTURE_LIST -> pictures(field, value);
        };
    }

    private static String text(Field field, JsonNode value) {
        if (!value.isString()) {
            throw wrongType(field, value);
        }
        String text = value.stringValue();
        if (field.choices().isEmpty()) {
            return inLength(field, field.name(), text);
        }
        String choice = text.strip().toLowerCase(Locale.ROOT);
        if (!field.choices().contains(choice)) {
            throw ApiException.invalid(field.name(), "'" + shortened(text) + "' is none of " + field.choices());
        }
        return choice;
    }

    private static BigDecimal number(Field field, JsonNode value) {
        String text = value.isNumber()
                ? value.asString()
                : value.isString() ? value.stringValue().strip() : "";
        if (value.isNumber() && !NUMBER.matcher(text).matches()) {
            // Far outside every bound; which one it breaks is said with the bound.
            return BigDecimal.valueOf(Math.clamp(value.doubleValue(), -1e300, 1e300));
        }
        if (!NUMBER.matcher(text).matches()) {
            throw wrongType(field, value);
        }
        return new BigDecimal(text.endsWith(".") ? text + "0" : text);
    }

    private static Number integer(Field field, JsonNode value) {
        BigDecimal number = number(field, value);
        if (number.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            return number.doubleValue();
        }
        if (number.stripTrailingZeros().scale() > 0) {
            throw wrongType(field, value);
        }
        return number.longValueExact();
    }

    private static Number bounded(Field field, JsonNode given, Number number) {
        Bounds bounds = field.bounds();
        double value = number.doubleValue();
        String shown = shortened(given.isString() ? given.stringValue() : given.toString());
        if (bounds.atLeast() != null && !(value >= bounds.atLeast().doubleValue())) {
            throw ApiException.invalid(
                    field.name(), shown + " is below " + plain(bounds.atLeast()) + ", the least allowed");
        }
        if (bounds.atMost() != null && !(value <= bounds.atMost().doubleValue())) {
            throw ApiException.invalid(
                    field.name(), shown + " is above " + plain(bounds.atMost()) + ", the most allowed");
        }
        return number;
    }

    private static Boolean flag(Field field, JsonNode value) {
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        String text = value.isString() ? value.stringValue().strip().toLowerCase(Locale.ROOT) : "";
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrongType(field, value);
        };
    }

    private static List<String> pictures(Field field, JsonNode value) {
        List<String> pictures = new ArrayList<>();
        if (!value.isArray()) {
            String one = picture(field, field.name(), value);
            return one.isBlank() ? List.of() : List.of(inLength(field, field.name(), one));
        }
        Number most = field.bounds().atMost();
        if (field.kind() == Field.Kind.PICTURE_LIST && most != null && value.size() > most.longValue()) {
            throw ApiException.invalid(
                    field.name(), value.size() + " entries is above " + plain(most) + ", the most allowed");
        }
        for (int i = 0; i < value.size(); i++) {
            if (!value.get(i).isString() && !value.get(i).isObject()) {
                throw wrongType(field, value);
            }
            String name = field.name() + "[" + i + "]";
            String one = picture(field, name, value.get(i));
            if (one.isBlank()) {
                throw ApiException.invalid(name, "is empty; a URL, a data URI or base64 is needed");
            }
            pictures.add(inLength(field, name, one));
        }
        return pictures;
    }

    /** A text, or OpenAI's object with the URL in it. */
    private static String picture(Field field, String name, JsonNode value) {
        if (value.isString()) {
            return value.stringValue();
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

    /** A list's bound is that of its entries' number; each of them may be as long as a picture. */
    private static String inLength(Field field, String name, String text) {
        long most = field.kind().isPictures()
                ? InputSchema.MAX_REFERENCE
                : field.bounds().atMost() == null
                        ? Long.MAX_VALUE
                        : field.bounds().atMost().longValue();
        int length = text.codePointCount(0, text.length());
        if (length > most) {
            throw ApiException.invalid(
                    name, String.format(Locale.ROOT, "%,d characters is above %,d, the most allowed", length, most));
        }
        return text;
    }

    private static ApiException wrongType(Field field, JsonNode value) {
        return ApiException.invalid(
                field.name(),
                shortened(value.toString()) + " is not of type " + field.kind().json());
    }

    private static String plain(Number bound) {
        return new DecimalFormat("#,##0.###", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(bound);
    }

    static String shortened(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
