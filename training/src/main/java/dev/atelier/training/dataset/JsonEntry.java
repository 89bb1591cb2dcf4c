package dev.atelier.training.dataset;

import dev.atelier.reason.Reasons;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The JSON that describes a picture: a line of a JSONL file, or a shard's {@code .json}. */
record JsonEntry(JsonNode node) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    static JsonEntry parse(String text) throws SkippedException {
        try {
            JsonNode node = JSON.readTree(text);
            if (node == null || !node.isObject()) {
                throw new SkippedException(SkipReason.BAD_ENTRY, "expected a JSON object");
            }
            return new JsonEntry(node);
        } catch (JacksonException e) {
            throw new SkippedException(SkipReason.BAD_ENTRY, "no valid JSON: " + Reasons.of(e));
        }
    }

    /** {@code image}, or {@code file_name} as Hugging Face's image folders have it. */
    String image() throws SkippedException {
        return required("image", "file_name");
    }

    /** The text of the first of {@code keys} that has one. @throws SkippedException naming the first key when none has */
    String required(String... keys) throws SkippedException {
        for (String key : keys) {
            String text = text(key, "");
            if (!text.isEmpty()) {
                return text;
            }
        }
        throw new SkippedException(SkipReason.BAD_ENTRY, keys[0] + ": missing");
    }

    /** The number of the first of {@code keys} that is there. @throws SkippedException when none is, or it is no finite number */
    double number(String... keys) throws SkippedException {
        for (String key : keys) {
            JsonNode value = node.path(key);
            if (value.isMissingNode() || value.isNull()) {
                continue;
            }
            if (!value.isNumber() || !Double.isFinite(value.asDouble())) {
                throw new SkippedException(SkipReason.BAD_ENTRY, key + ": expected a number");
            }
            return value.asDouble();
        }
        throw new SkippedException(SkipReason.BAD_ENTRY, keys[0] + ": missing");
    }

    /** {@code caption} or {@code text}; empty when there is neither. */
    String caption() throws SkippedException {
        return text("caption", text("text", ""));
    }

    /** {@code references}: names of pictures. */
    List<String> references() throws SkippedException {
        JsonNode array = node.path("references");
        if (array.isMissingNode() || array.isNull()) {
            return List.of();
        }
        List<String> out = new ArrayList<>();
        for (JsonNode name : array) {
            if (name.isString()) {
                out.add(name.asString());
            }
        }
        if (!array.isArray() || out.size() < array.size()) {
            throw new SkippedException(SkipReason.BAD_ENTRY, "references: expected an array of file names");
        }
        return out;
    }

    private String text(String key, String absent) throws SkippedException {
        JsonNode value = node.path(key);
        if (value.isMissingNode() || value.isNull()) {
            return absent;
        }
        if (!value.isString()) {
            throw new SkippedException(SkipReason.BAD_ENTRY, key + ": expected a text");
        }
        return value.asString();
    }
}
