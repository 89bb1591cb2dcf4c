package dev.atelier.server.api.atlas;

import dev.atelier.server.error.ApiException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The fields of a request to the arena; one that is not known is refused, as it may be one that was meant otherwise. */
final class ArenaBody {
    private final ObjectNode body;

    /** @throws ApiException 400 naming a field that is not among {@code known} */
    ArenaBody(ObjectNode body, Set<String> known) {
        this.body = body;
        body.propertyNames().stream()
                .filter(name -> !known.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw ApiException.invalid(
                            name.length() <= 40 ? name : name.substring(0, 40),
                            "is not known here; there are "
                                    + String.join(", ", known.stream().sorted().toList()));
                });
    }

    boolean has(String field) {
        return body.hasNonNull(field);
    }

    /** A text; empty when it is not given. */
    String text(String field) {
        JsonNode node = body.path(field);
        if (node.isMissingNode() || node.isNull()) {
            return "";
        }
        if (!node.isString()) {
            throw ApiException.invalid(field, "is no text");
        }
        return node.stringValue().strip();
    }

    String required(String field) {
        String text = text(field);
        if (text.isEmpty()) {
            throw ApiException.invalid(field, "missing");
        }
        return text;
    }

    double number(String field, double otherwise) {
        JsonNode node = body.path(field);
        if (node.isMissingNode() || node.isNull()) {
            return otherwise;
        }
        if (!node.isNumber() || !Double.isFinite(node.doubleValue())) {
            throw ApiException.invalid(field, "is no number");
        }
        return node.doubleValue();
    }

    int integer(String field, int otherwise) {
        double value = number(field, otherwise);
        if (value != Math.rint(value) || Math.abs(value) > Integer.MAX_VALUE) {
            throw ApiException.invalid(field, "is no whole number within 32 bits");
        }
        return (int) value;
    }

    boolean flag(String field, boolean otherwise) {
        JsonNode node = body.path(field);
        if (node.isMissingNode() || node.isNull()) {
            return otherwise;
        }
        if (!node.isBoolean()) {
            throw ApiException.invalid(field, "is neither true nor false");
        }
        return node.booleanValue();
    }

    List<String> texts(String field) {
        List<String> texts = new ArrayList<>();
        JsonNode node = body.path(field);
        if (node.isMissingNode() || node.isNull()) {
            return texts;
        }
        if (!node.isArray()) {
            throw ApiException.invalid(field, "is no list");
        }
        for (JsonNode one : node) {
            if (!one.isString()) {
                throw ApiException.invalid(field, "has an entry that is no text");
            }
            texts.add(one.stringValue());
        }
        return texts;
    }
}
