package dev.atelier.server.operation;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.atelier.api.ErrorBody;
import dev.atelier.api.ImageView;
import dev.atelier.api.KeyEvents;
import dev.atelier.api.PredictionView;
import dev.atelier.api.Progress;
import dev.atelier.api.TerminalEvent;
import dev.atelier.api.images.ImageEvent;
import dev.atelier.api.images.ImagesErrorBody;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.converter.ResolvedSchema;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What the controllers' types do not say of their answers: the events of streams, and errors. */
final class ApiAnswers {
    private static final String JSON = "application/json";
    private static final String EVENTS = "text/event-stream";
    private static final String REFERENCE = "#/components/schemas/";
    private static final String ATLAS_EXAMPLE = """
            {"code": 400, "message": "size: 10*10 is 100 pixels; at least 65,536 are needed", "msg": "the same"}""";
    private static final String IMAGES_EXAMPLE = """
            {"error": {"code": "bad_request", "message": "size: 10x10 is 100 pixels; at least 65,536 are needed",
             "param": "size", "type": "invalid_request_error"}}""";

    private final OpenAPI api;
    private final Set<String> envelopes = new HashSet<>();

    private ApiAnswers(OpenAPI api) {
        this.api = api;
    }

    static void describe(OpenAPI api) {
        ApiAnswers answers = new ApiAnswers(api);
        api.getPaths()
                .forEach((path, item) -> item.readOperations().forEach(operation -> {
                    operation.getResponses().values().stream()
                            .filter(answer -> answer.getContent() != null)
                            .forEach(answer -> answers.describe(path, answer.getContent()));
                    answers.addErrors(path, operation);
                }));
        answers.envelopes.forEach(api.getComponents().getSchemas()::remove);
        answers.addWebhook();
    }

    private void describe(String path, Content content) {
        MediaType json = content.get(JSON);
        if (json != null && json.getSchema() != null && json.getSchema().get$ref() != null) {
            json.setSchema(opened(json.getSchema()));
        }
        MediaType events = content.get(EVENTS);
        if (events != null) {
            Map<String, Schema<?>> byName = new LinkedHashMap<>();
            events(path).forEach((name, type) -> byName.put(name, schema(type)));
            events.addExtension("x-events", byName);
        }
    }

    /** An envelope is described where it is, so that what it holds is seen at once. */
    private Schema<?> opened(Schema<?> reference) {
        String name = reference.get$ref().replace(REFERENCE, "");
        Schema<?> answer = api.getComponents().getSchemas().get(name);
        Map<?, ?> properties = answer.getProperties();
        if (properties == null || !properties.containsKey("code") || !properties.containsKey("data")) {
            return reference;
        }
        envelopes.add(name);
        return answer;
    }

    /** The events of a stream by their names. */
    private static Map<String, Class<?>> events(String path) {
        Map<String, Class<?>> events = new LinkedHashMap<>();
        if (path.startsWith("/api/v1/")) {
            boolean all = path.equals("/api/v1/events");
            if (all) {
                events.put("submitted", PredictionView.class);
            }
            events.put("progress", Progress.class);
            events.put("output", ImageView.class);
            events.put("done", PredictionView.class);
            if (all) {
                events.put("deleted", KeyEvents.Deleted.class);
                events.put("gap", KeyEvents.Gap.class);
            }
            return events;
        }
        boolean ark = path.startsWith("/api/v3/");
        String kind = ark || path.endsWith("/generations") ? "image_generation" : "image_edit";
        events.put(kind + ".partial_image", ImageEvent.Partial.class);
        if (ark) {
            events.put(kind + ".partial_succeeded", ImageEvent.Ready.class);
        }
        events.put(kind + ".partial_failed", ImageEvent.Failed.class);
        events.put(kind + ".completed", ark ? ImageEvent.Completed.class : ImageEvent.Ready.class);
        events.put("error", ImageEvent.Broken.class);
        return events;
    }

    private void addWebhook() {
        Operation call = new Operation()
                .summary("Told of the end of a prediction whose order has a webhook_url")
                .requestBody(new RequestBody()
                        .content(new Content().addMediaType(JSON, new MediaType().schema(schema(TerminalEvent.class)))))
                .responses(new ApiResponses()
                        .addApiResponse("2XX", new ApiResponse().description("Heard; otherwise it is sent again")));
        api.addWebhooks(TerminalEvent.TYPE, new PathItem().post(call));
    }

    private void addErrors(String path, Operation operation) {
        boolean images = path.startsWith("/v1/") || path.startsWith("/api/v3/");
        Schema<?> schema = schema(images ? ImagesErrorBody.class : ErrorBody.class);
        Object example = example(images ? IMAGES_EXAMPLE : ATLAS_EXAMPLE);
        operation
                .getResponses()
                .addApiResponse(
                        "4XX",
                        error("What is wrong: field, value and bound", schema)
                                .content(new Content()
                                        .addMediaType(
                                                JSON,
                                                new MediaType().schema(schema).example(example))));
        operation.getResponses().addApiResponse("5XX", error("Not now, or a fault of the service", schema));
    }

    private static ApiResponse error(String description, Schema<?> schema) {
        return new ApiResponse()
                .description(description)
                .content(new Content().addMediaType(JSON, new MediaType().schema(schema)));
    }

    /** A reference to the record's schema, which is among the components from then on. */
    private Schema<?> schema(Class<?> type) {
        ResolvedSchema resolved =
                ModelConverters.getInstance(true).resolveAsResolvedSchema(new AnnotatedType(type).resolveAsRef(true));
        resolved.referencedSchemas.forEach(
                (name, schema) -> api.getComponents().getSchemas().putIfAbsent(name, schema));
        return resolved.schema;
    }

    private static Object example(String json) {
        try {
            return Json31.mapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
