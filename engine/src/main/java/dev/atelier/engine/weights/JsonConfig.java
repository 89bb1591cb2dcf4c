package dev.atelier.engine.weights;

import dev.atelier.engine.tensor.EngineException;
import dev.atelier.reason.Reasons;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A JSON object of a model folder, read with bounds; every wrong value is an error that names file, key, found and expected. */
public final class JsonConfig {
    private static final long MAX_BYTES = 64_000_000;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String where;
    private final JsonNode node;

    private JsonConfig(String where, JsonNode node) {
        this.where = where;
        this.node = node;
    }

    /**
     * @throws EngineException when the file is missing, larger than 64 MB or no JSON object
     */
    public static JsonConfig read(Path file) {
        JsonNode node = parse(file);
        if (!node.isObject()) {
            throw new EngineException(file + ": expected a JSON object");
        }
        return new JsonConfig(file.toString(), node);
    }

    /** A configuration that stands in no file of its own. @param where names its origin in messages */
    public static JsonConfig of(String where, Map<String, ?> values) {
        return new JsonConfig(where, JSON.valueToTree(values));
    }

    /**
     * The objects of a file that is an array of them.
     *
     * @throws EngineException as {@link #read}
     */
    public static List<JsonConfig> readArray(Path file) {
        JsonNode node = parse(file);
        List<JsonConfig> out = new ArrayList<>();
        for (JsonNode element : node) {
            if (!node.isArray() || !element.isObject()) {
                throw new EngineException(file + ": expected an array of JSON objects");
            }
            out.add(new JsonConfig(file + "[" + out.size() + "]", element));
        }
        return out;
    }

    private static JsonNode parse(Path file) {
        ForeignFiles.refuse(file, "the configuration");
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new EngineException(
                        file + ": " + Files.size(file) + " bytes; at most " + MAX_BYTES + " are read");
            }
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            JsonNode node = JSON.readTree(text.startsWith("\uFEFF") ? text.substring(1) : text);
            return node == null ? JSON.nullNode() : node;
        } catch (JacksonException e) {
            throw new EngineException(file + ": no valid JSON: " + Reasons.of(e));
        } catch (IOException e) {
            throw new EngineException(file + ": cannot be read: " + Reasons.of(e), e);
        }
    }

    public boolean has(String key) {
        return node.has(key) && !node.get(key).isNull();
    }

    /** The object under {@code key}; an empty one when it is absent. */
    public JsonConfig object(String key) {
        JsonNode value = has(key) ? node.get(key) : JSON.createObjectNode();
        if (!value.isObject()) {
            throw wrong(key, "a JSON object");
        }
        return new JsonConfig(where + ": " + key, value);
    }

    /** A whole number in {@code min} to {@code max}. */
    public int integer(String key, int min, int max) {
        JsonNode value = node.path(key);
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.asLong() < min || value.asLong() > max) {
            throw wrong(key, "a whole number in " + min + " to " + max);
        }
        return (int) value.asLong();
    }

    public int integer(String key, int min, int max, int absent) {
        return has(key) ? integer(key, min, max) : absent;
    }

    /** A finite number in {@code min} to {@code max}. */
    public double number(String key, double min, double max, double absent) {
        if (!has(key)) {
            return absent;
        }
        JsonNode value = node.get(key);
        if (!value.isNumber() || !(value.asDouble() >= min && value.asDouble() <= max)) {
            throw wrong(key, "a number in " + min + " to " + max);
        }
        return value.asDouble();
    }

    public boolean bool(String key, boolean absent) {
        if (!has(key)) {
            return absent;
        }
        if (!node.get(key).isBoolean()) {
            throw wrong(key, "true or false");
        }
        return node.get(key).asBoolean();
    }

    public String string(String key, String absent) {
        if (!has(key)) {
            return absent;
        }
        if (!node.get(key).isString()) {
            throw wrong(key, "a text");
        }
        return node.get(key).asString();
    }

    /** Whole numbers in {@code min} to {@code max}, one to {@code most} of them; {@code absent} when the key is. */
    public List<Integer> integers(String key, int min, int max, int most, List<Integer> absent) {
        if (!has(key)) {
            return absent;
        }
        JsonNode array = node.get(key);
        if (!array.isArray() || array.isEmpty() || array.size() > most) {
            throw wrong(key, "1 to " + most + " whole numbers");
        }
        List<Integer> out = new ArrayList<>();
        for (JsonNode value : array) {
            if (!value.isIntegralNumber()
                    || !value.canConvertToLong()
                    || value.asLong() < min
                    || value.asLong() > max) {
                throw wrong(key, "whole numbers in " + min + " to " + max);
            }
            out.add((int) value.asLong());
        }
        return List.copyOf(out);
    }

    /** Texts; {@code absent} when the key is. */
    public List<String> texts(String key, List<String> absent) {
        if (!has(key)) {
            return absent;
        }
        JsonNode array = node.get(key);
        if (!array.isArray()) {
            throw wrong(key, "an array of texts");
        }
        List<String> out = new ArrayList<>();
        for (JsonNode value : array) {
            if (!value.isString() && !value.isNull()) {
                throw wrong(key, "an array of texts");
            }
            out.add(value.isNull() ? "" : value.asString());
        }
        return List.copyOf(out);
    }

    /** The object of texts under {@code key}. */
    public Map<String, String> strings(String key) {
        JsonNode object = node.path(key);
        if (!object.isObject()) {
            throw wrong(key, "an object of texts");
        }
        Map<String, String> out = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> e : object.properties()) {
            if (!e.getValue().isString()) {
                throw wrong(key, "an object of texts");
            }
            out.put(e.getKey(), e.getValue().asString());
        }
        return out;
    }

    /**
     * @throws EngineException unless {@code key} is absent or has the only supported value
     */
    public void requireText(String key, String supported) {
        if (has(key) && !supported.equals(string(key, supported))) {
            throw wrong(key, "'" + supported + "', the only one supported");
        }
    }

    /**
     * @throws EngineException unless {@code key} is absent or has the only supported value
     */
    public void requireBool(String key, boolean supported) {
        if (bool(key, supported) != supported) {
            throw wrong(key, supported + ", the only value supported");
        }
    }

    /** An error of this file at {@code key}: what was found, what was expected. */
    public EngineException wrong(String key, String expected) {
        String found = node.has(key) ? node.get(key).toString() : "nothing";
        String brief = found.length() <= 120 ? found : found.substring(0, 120) + "…";
        return new EngineException(where + ": " + key + ": expected " + expected + ", found " + brief);
    }

    @Override
    public String toString() {
        return where;
    }
}
