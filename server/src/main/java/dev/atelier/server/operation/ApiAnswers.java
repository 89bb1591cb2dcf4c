package dev.atelier.server.operation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.core.util.Yaml31;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.springframework.core.io.ClassPathResource;

/** What operations answer, from {@code answers.yaml}: controllers build their answers from maps, which say nothing of themselves. */
final class ApiAnswers {
    private static final String JSON = "application/json";
    private static final String EVENTS = "text/event-stream";

    private final JsonNode document;

    private ApiAnswers(JsonNode document) {
        this.document = document;
    }

    static ApiAnswers read() {
        ObjectMapper yaml = Yaml31.mapper();
        try (InputStream in = new ClassPathResource("atelier/answers.yaml").getInputStream()) {
            return new ApiAnswers(yaml.readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives every operation that is named its answer. */
    void describe(OpenAPI api) {
        Components components = api.getComponents() == null ? new Components() : api.getComponents();
        api.setComponents(components);
        document.get("schemas")
                .properties()
                .forEach(schema -> components.addSchemas(schema.getKey(), schema(schema.getValue())));
        if (components.getSchemas() != null) {
            components.getSchemas().remove("SseEmitter");
        }
        for (JsonNode answer : document.get("answers")) {
            for (JsonNode operation : answer.get("operations")) {
                String[] name = operation.textValue().split(" ");
                ok(operation(api, name[0], name[1]), JSON, body(answer));
            }
        }
        api.getPaths().forEach((path, item) -> {
            if (path.endsWith("/events")) {
                ok(
                        item.getGet(),
                        EVENTS,
                        schema(Json31.mapper().createObjectNode().put("type", "string")));
            }
        });
    }

    private static Operation operation(OpenAPI api, String method, String path) {
        PathItem item = api.getPaths().get(path);
        Operation operation = item == null
                ? null
                : item.readOperationsMap().get(PathItem.HttpMethod.valueOf(method.toUpperCase(Locale.ROOT)));
        if (operation == null) {
            throw new IllegalStateException("answers.yaml: there is no operation " + method + " " + path);
        }
        return operation;
    }

    private static Schema<?> body(JsonNode answer) {
        ObjectMapper json = Json31.mapper();
        var reference = json.createObjectNode()
                .put("$ref", "#/components/schemas/" + answer.get("schema").textValue());
        if (answer.path("bare").booleanValue()) {
            return schema(reference);
        }
        boolean list = answer.path("list").booleanValue();
        var envelope = json.createObjectNode().put("type", "object");
        var properties = envelope.putObject("properties");
        properties.putObject("code").put("type", "integer");
        properties.putObject("message").put("type", "string");
        if (list) {
            properties.putObject("data").put("type", "array").set("items", reference);
            properties
                    .putObject("next_cursor")
                    .put("type", "string")
                    .put("description", "Where listings have pages: that of the next one; empty on the last.");
        } else {
            properties.set("data", reference);
        }
        return schema(envelope);
    }

    private static Schema<?> schema(JsonNode node) {
        return Json31.mapper().convertValue(node, Schema.class);
    }

    private static void ok(Operation operation, String type, Schema<?> schema) {
        operation
                .getResponses()
                .addApiResponse(
                        "200",
                        new ApiResponse()
                                .description("OK")
                                .content(new Content().addMediaType(type, new MediaType().schema(schema))));
    }
}
