package dev.atelier.server.api;

import dev.atelier.prompt.template.FilledTemplate;
import dev.atelier.prompt.template.Templates;
import dev.atelier.server.error.ApiException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A request's template with what is in its slots; forms write slots as one text of JSON or as {@code slots[product]}. */
final class TemplateFields {
    private static final String TEMPLATE = "template";
    private static final String SLOTS = "slots";
    private static final Pattern MEMBER = Pattern.compile("slots[\\[.](?<slot>[^\\[\\].]{1,80})]?");

    private TemplateFields() {}

    /**
     * What a request says of a template.
     *
     * @param template its words; empty when the request has words of its own
     * @param idle whether there are slots without a template
     */
    record Taken(Optional<FilledTemplate> template, boolean idle) {}

    /**
     * Takes both fields out of {@code given}.
     *
     * @throws ApiException or {@link dev.atelier.prompt.InvalidRequestException} naming field, value and what is allowed
     */
    static Taken take(Map<String, JsonNode> given) {
        JsonNode template = given.remove(TEMPLATE);
        Map<String, String> slots = slots(given);
        if (template == null || template.isString() && template.stringValue().isBlank()) {
            return new Taken(Optional.empty(), !slots.isEmpty());
        }
        if (!template.isString()) {
            throw ApiException.invalid(TEMPLATE, "is not of type string");
        }
        return new Taken(Optional.of(Templates.get(template.stringValue()).fill(slots)), false);
    }

    private static Map<String, String> slots(Map<String, JsonNode> given) {
        Map<String, String> slots = new LinkedHashMap<>();
        JsonNode object = given.remove(SLOTS);
        if (object != null && !(object.isString() && object.stringValue().isBlank())) {
            object(object).propertyStream().forEach(e -> put(slots, e.getKey(), e.getValue()));
        }
        for (Iterator<Map.Entry<String, JsonNode>> fields = given.entrySet().iterator(); fields.hasNext(); ) {
            Map.Entry<String, JsonNode> field = fields.next();
            Matcher member = MEMBER.matcher(field.getKey());
            if (member.matches()) {
                put(slots, member.group("slot"), field.getValue());
                fields.remove();
            }
        }
        return slots;
    }

    private static ObjectNode object(JsonNode value) {
        if (value.isString()) {
            try {
                return object(JsonMapper.shared().readTree(value.stringValue()));
            } catch (JacksonException _) {
                throw ApiException.invalid(SLOTS, "is no valid JSON");
            }
        }
        if (value instanceof ObjectNode object) {
            return object;
        }
        throw ApiException.invalid(SLOTS, "is no JSON object");
    }

    private static void put(Map<String, String> slots, String slot, JsonNode value) {
        if (value.isNull()) {
            return;
        }
        if (!value.isString() && !value.isNumber()) {
            throw ApiException.invalid(
                    SLOTS + "." + (slot.length() <= 40 ? slot : slot.substring(0, 40) + "…"),
                    "is no string and no number");
        }
        slots.put(slot, value.asString());
    }
}
