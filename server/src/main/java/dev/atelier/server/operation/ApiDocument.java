package dev.atelier.server.operation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.atelier.server.access.ApiKey;
import dev.atelier.server.catalog.Catalog;
import dev.atelier.server.catalog.SchemaDocument;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.core.util.Yaml31;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.tags.Tag;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.json.JsonMapper;

/** What the controllers cannot say of themselves in {@code /v3/api-docs}: the key, bodies that they read themselves, errors. */
@Configuration(proxyBeanMethods = false)
class ApiDocument {
    private static final String BEARER = "bearer";
    private static final String JSON = "application/json";
    private static final List<String> TAGS =
            List.of("Predictions", "Files", "Models", "Images (OpenAI and Ark clients)", "Usage");
    private static final String FORM = "multipart/form-data";
    /** Paths that take forms, with the parts that they need. */
    private static final Map<String, List<String>> FORMS =
            Map.of("edits", List.of("image", "prompt"), "variations", List.of("image"));

    private static final List<String> FIRST = List.of(
            "/api/v1/model/generateImage",
            "/api/v1/model/prediction/{id}",
            "/api/v1/model/prediction/{id}/cancel",
            "/api/v1/model/prediction/{id}/events",
            "/api/v1/events",
            "/api/v1/model/predictions",
            "/api/v1/model/calculate",
            "/api/v1/model/uploadMedia",
            "/api/v1/models",
            "/v1/images/generations",
            "/v1/images/edits");
    private static final List<String> SUBMISSIONS = List.of("generateImage", "calculate");
    private static final List<String> ONCE = List.of("generateImage", "generations", "edits", "variations");

    static {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(ApiKey.class);
    }

    @Bean
    OpenAPI description() {
        return new OpenAPI()
                .info(new Info()
                        .title("Atelier")
                        .version("1")
                        .description(
                                "Text to image, editing, composition and sequences on models that run here. Three ways"
                                        + " in, one service behind them: the Atlas API under /api/v1, the Images API under"
                                        + " /v1 (OpenAI clients) and /api/v3 (Ark clients). Each model's own fields: GET"
                                        + " /api/v1/models, `schema`.")
                        .license(new License().name("Apache-2.0").identifier("Apache-2.0")))
                .schemaRequirement(
                        BEARER,
                        new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme(BEARER))
                .tags(TAGS.stream().map(name -> new Tag().name(name)).toList())
                .addSecurityItem(new SecurityRequirement().addList(BEARER));
    }

    @Bean
    OpenApiCustomizer bodiesAndErrors(Catalog catalog, JsonMapper mapper) {
        Map<String, RequestBody> bodies = bodies();
        String input = mapper.writeValueAsString(
                SchemaDocument.input(catalog.listings().iterator().next()));
        SUBMISSIONS.forEach(path -> bodies.put(path, submission(input)));
        Schema<?> images = schema(SchemaDocument.images(catalog.first()), mapper);
        MediaType json = new MediaType()
                .schema(images)
                .example(Map.of("prompt", "A beautiful landscape with mountains and lake", "size", "512x512"));
        bodies.put("generations", new RequestBody().required(true).content(new Content().addMediaType(JSON, json)));
        FORMS.forEach((path, required) -> bodies.put(
                path,
                new RequestBody()
                        .required(true)
                        .content(new Content()
                                .addMediaType(
                                        FORM,
                                        new MediaType()
                                                .schema(schema(SchemaDocument.form(catalog.first(), required), mapper)))
                                .addMediaType(JSON, new MediaType().schema(images)))));
        ApiAnswers answers = ApiAnswers.read();
        return document -> {
            document.setPaths(once(document.getPaths()));
            answers.describe(document);
            document.getPaths()
                    .forEach((path, item) -> item.readOperations().forEach(operation -> {
                        RequestBody body = bodies.get(path.substring(path.lastIndexOf('/') + 1));
                        if (body != null) {
                            operation.requestBody(body);
                        }
                        if (ONCE.contains(path.substring(path.lastIndexOf('/') + 1))) {
                            operation.addParametersItem(submissionKey());
                        }
                        addErrors(path, operation);
                    }));
        };
    }

    /**
     * Each path under one name: clients of the hosted service also end it in a slash, or put another root before it. What people begin
     * with comes first.
     */
    private static Paths once(Paths all) {
        Paths kept = new Paths();
        FIRST.stream().filter(all::containsKey).forEach(path -> kept.addPathItem(path, all.get(path)));
        all.forEach((path, item) -> {
            if (!path.endsWith("/") && !path.startsWith("/api/v1/public/")) {
                kept.addPathItem(path, item);
            }
        });
        return kept;
    }

    private static void addErrors(String path, Operation operation) {
        boolean images = path.startsWith("/v1/") || path.startsWith("/api/v3/");
        String example = images
                ? "{\"error\": {\"code\": \"invalid_request\", \"message\": \"size: 10x10 is 100 pixels; at least"
                        + " 65,536 are needed\", \"param\": \"size\", \"type\": \"invalid_request_error\"}}"
                : "{\"code\": 400, \"message\": \"size: 10*10 is 100 pixels; at least 65,536 are needed\", \"msg\":"
                        + " \"the same\"}";
        operation
                .getResponses()
                .addApiResponse(
                        "4XX",
                        new ApiResponse()
                                .description("What is wrong: field, value and bound")
                                .content(new Content()
                                        .addMediaType(JSON, new MediaType().example(read(Json31.mapper(), example)))));
    }

    private static Parameter submissionKey() {
        return new HeaderParameter()
                .name("Idempotency-Key")
                .description(
                        "The same request under the same key, for a day, is answered with the prediction that the first"
                                + " one made; the field `idempotency_key` does the same.")
                .schema(new StringSchema().minLength(1).maxLength(255));
    }

    private static Schema<?> schema(Map<String, Object> schema, JsonMapper mapper) {
        try {
            return Json31.mapper().readValue(mapper.writeValueAsString(schema), Schema.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the input schema is no OpenAPI schema", e);
        }
    }

    private static RequestBody submission(String input) {
        try {
            return new RequestBody()
                    .required(true)
                    .description("The fields at the top, or inside \"input\".")
                    .content(new Content()
                            .addMediaType(
                                    JSON,
                                    new MediaType()
                                            .schema(Json31.mapper().readValue(input, Schema.class))
                                            .example(Map.of(
                                                    "model",
                                                    "bytedance/seedream-v4.5/sequential",
                                                    "prompt",
                                                    "A beautiful landscape with mountains and lake"))));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the input schema is no OpenAPI schema", e);
        }
    }

    private static Map<String, RequestBody> bodies() {
        ObjectMapper yaml = Yaml31.mapper();
        try (InputStream in = new ClassPathResource("atelier/request-bodies.yaml").getInputStream()) {
            return yaml.readValue(in, new TypeReference<>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Object read(ObjectMapper mapper, String json) {
        try {
            return mapper.readValue(json, Object.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
