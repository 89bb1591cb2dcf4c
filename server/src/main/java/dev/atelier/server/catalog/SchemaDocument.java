package dev.atelier.server.catalog;

import dev.atelier.server.catalog.Field.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The OpenAPI document of one listing: how to submit to it and how to poll, with its input schema. */
public final class SchemaDocument {
    private static final String SUBMIT = "/api/v1/model/generateImage";
    private static final String POLL = "/api/v1/model/prediction/{id}";

    private SchemaDocument() {}

    /** @param origin of this service, as the caller sees it */
    public static Map<String, Object> of(Listing listing, String origin) {
        Map<String, Object> paths = new LinkedHashMap<>();
        paths.put(
                SUBMIT,
                Map.of(
                        "post",
                        operation(
                                "submit",
                                "Submit a prediction",
                                Map.of(
                                        "requestBody",
                                        Map.of("required", true, "content", json("#/components/schemas/Input"))))));
        paths.put(
                POLL,
                Map.of(
                        "get",
                        operation(
                                "poll",
                                "Get a prediction",
                                Map.of(
                                        "parameters",
                                        List.of(Map.of(
                                                "name",
                                                "id",
                                                "in",
                                                "path",
                                                "required",
                                                true,
                                                "schema",
                                                Map.of("type", "string")))))));
        return ordered(
                "openapi", "3.0.3",
                "info",
                        ordered(
                                "title",
                                listing.about().displayName(),
                                "version",
                                "1",
                                "description",
                                listing.about().profile()),
                "servers", List.of(Map.of("url", origin)),
                "security", List.of(Map.of("bearer", List.of())),
                "paths", paths,
                "components",
                        ordered(
                                "securitySchemes", Map.of("bearer", Map.of("type", "http", "scheme", "bearer")),
                                "schemas", ordered("Input", input(listing), "PredictionResponse", prediction())));
    }

    private static Map<String, Object> operation(String id, String summary, Map<String, Object> more) {
        Map<String, Object> operation = ordered("operationId", id, "summary", summary);
        operation.putAll(more);
        operation.put(
                "responses",
                Map.of(
                        "200",
                        ordered(
                                "description",
                                "The prediction",
                                "content",
                                json("#/components/schemas/PredictionResponse"))));
        return operation;
    }

    private static Map<String, Object> json(String reference) {
        return Map.of("application/json", Map.of("schema", Map.of("$ref", reference)));
    }

    /** The schema of what a submission to {@code listing} may say. */
    public static Map<String, Object> input(Listing listing) {
        InputSchema schema = InputSchema.of(listing);
        Map<String, Object> properties = new LinkedHashMap<>();
        schema.fields().forEach((name, field) -> properties.put(name, property(field)));
        Map<String, Object> input = ordered(
                "type",
                "object",
                "title",
                "Input",
                "properties",
                properties,
                "required",
                schema.required(),
                "x-order-properties",
                schema.names());
        if (schema.needsImages()) {
            input.put(
                    "anyOf",
                    Stream.of("images", "image", "image_url")
                            .map(name -> Map.of("required", List.of(name)))
                            .toList());
        }
        return input;
    }

    /** The schema of what the Images surfaces take, for the listing that serves requests without a model. */
    public static Map<String, Object> images(Listing listing) {
        InputSchema schema = InputSchema.of(listing);
        Map<String, Object> properties = new LinkedHashMap<>();
        schema.fields().forEach((name, field) -> properties.put(name, property(field)));
        properties.put(
                "model",
                ordered("type", "string", "description", "A name from GET /v1/models, or another one that is served."));
        Map<String, Map<String, Object>> inner = new LinkedHashMap<>();
        schema.ofClients().forEach((name, field) -> {
            int dot = name.indexOf('.');
            if (dot < 0) {
                properties.put(name, property(field));
            } else {
                inner.computeIfAbsent(name.substring(0, dot), _ -> new LinkedHashMap<>())
                        .put(name.substring(dot + 1), property(field));
            }
        });
        inner.forEach((name, members) -> properties.put(name, ordered("type", "object", "properties", members)));
        return ordered("type", "object", "properties", properties, "required", List.of("prompt"));
    }

    /** The same as a form, in which pictures are files. */
    @SuppressWarnings("unchecked")
    public static Map<String, Object> form(Listing listing, List<String> required) {
        Map<String, Object> schema = images(listing);
        Map<String, Object> file = ordered("type", "string", "format", "binary");
        Map<String, Object> properties = (Map<String, Object>) schema.get("properties");
        properties.put("image", ordered("type", "array", "items", file));
        properties.put("mask", file);
        schema.put("required", required);
        return schema;
    }

    private static Map<String, Object> property(Field field) {
        Map<String, Object> text = Map.of("type", "string");
        if (field.kind() == Kind.PICTURES) {
            // Without a type of its own: clients then put one URL or several here, as they have them.
            return ordered(
                    "description",
                    field.description(),
                    "anyOf",
                    List.of(text, ordered("type", "array", "items", text)));
        }
        String type = field.kind() == Kind.PICTURE_LIST ? "array" : field.kind().json();
        Map<String, Object> property = ordered("type", type, "description", field.description());
        if (field.kind() == Kind.PICTURE_LIST) {
            property.put("items", text);
        }
        if (!field.choices().isEmpty()) {
            property.put("enum", field.choices());
        }
        put(property, atLeastName(field.kind()), field.bounds().atLeast());
        put(property, atMostName(field.kind()), field.bounds().atMost());
        put(property, "default", field.initial());
        return property;
    }

    private static String atLeastName(Kind kind) {
        return switch (kind) {
            case STRING, PICTURE -> "minLength";
            case PICTURE_LIST -> "minItems";
            default -> "minimum";
        };
    }

    private static String atMostName(Kind kind) {
        return switch (kind) {
            case STRING, PICTURE -> "maxLength";
            case PICTURE_LIST -> "maxItems";
            default -> "maximum";
        };
    }

    private static Map<String, Object> prediction() {
        Map<String, Object> text = Map.of("type", "string");
        Map<String, Object> number = Map.of("type", "number");
        return ordered(
                "type",
                "object",
                "properties",
                ordered(
                        "code", Map.of("type", "integer"),
                        "data",
                                ordered(
                                        "type",
                                        "object",
                                        "properties",
                                        ordered(
                                                "id", text,
                                                "model", text,
                                                "served_by", text,
                                                "warnings", ordered("type", "array", "items", text),
                                                "reasons", ordered("type", "array", "items", text),
                                                "status",
                                                        ordered(
                                                                "type",
                                                                "string",
                                                                "enum",
                                                                List.of(
                                                                        "starting",
                                                                        "processing",
                                                                        "completed",
                                                                        "failed")),
                                                "outputs", ordered("type", "array", "items", text),
                                                "error", text,
                                                "progress", number,
                                                "seed", Map.of("type", "integer"),
                                                "metrics", Map.of("type", "object"),
                                                "created_at", text,
                                                "started_at", text,
                                                "completed_at", text))));
    }

    private static void put(Map<String, Object> map, String name, Object value) {
        if (value != null) {
            map.put(name, value);
        }
    }

    private static Map<String, Object> ordered(Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }
}
