package dev.atelier.server.operation;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.atelier.server.access.ApiKey;
import dev.atelier.server.catalog.Catalog;
import dev.atelier.server.catalog.Listing;
import dev.atelier.server.catalog.ListingSchema;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
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
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.tags.Tag;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the controllers cannot say of themselves in {@code /v3/api-docs}: the key, bodies that they read themselves, errors. */
@Configuration(proxyBeanMethods = false)
class ApiDocument {
    private static final String BEARER = "bearer";
    private static final String JSON = "application/json";
    private static final List<String> TAGS = List.of(
            "Predictions",
            "Files",
            "Models",
            "Images (OpenAI and Ark clients)",
            "Chat (OpenAI clients)",
            "Arena",
            "Usage");
    private static final String FORM = "multipart/form-data";
    private static final String CHAT = """
            {"type": "object", "required": ["messages"], "properties": {
             "model": {"type": "string", "description": "Any name; the language model that is loaded answers."},
             "messages": {"type": "array", "minItems": 1, "maxItems": 100, "items": {"type": "object", "required": ["role", "content"],
               "properties": {"role": {"type": "string", "enum": ["system", "developer", "user", "assistant"]},
               "content": {"description": "A text, or parts of type text."}}}},
             "max_tokens": {"type": "integer", "minimum": 1, "maximum": 2048, "default": 512},
             "max_completion_tokens": {"type": "integer", "minimum": 1, "maximum": 2048, "description": "Another name of max_tokens."},
             "temperature": {"type": "number", "minimum": 0, "maximum": 2, "default": 0.7},
             "top_p": {"type": "number", "minimum": 0.001, "maximum": 1, "default": 0.95},
             "top_k": {"type": "integer", "minimum": 0, "maximum": 1000, "default": 40},
             "seed": {"type": "integer", "description": "Repeats an answer; left out, a random one."},
             "stop": {"description": "A text, or up to 4, at which the answer ends."},
             "stream": {"type": "boolean", "default": false},
             "response_format": {"type": "object", "description": "Type text, or json_schema with a schema that holds the answer."}}}""";
    private static final String UPLOAD = """
            {"type": "object", "required": ["file"], "properties": {"file": {"type": "string", "format": "binary",
             "description": "PNG, JPEG, WebP, BMP, TIFF or GIF; at most 30 MB and 36 megapixels."}}}""";

    private static final String SIGNED = """
            {"type": "object", "required": ["file"], "properties": {"file": {"type": "string", "format": "binary",
             "description": "PNG, JPEG or WebP; at most 30 MB."}}}""";

    private static final String EXAMPLE = "A beautiful landscape with mountains and lake";

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
            "/api/v1/provenance/verify",
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
    OpenApiCustomizer bodiesAndErrors(Catalog catalog) {
        Map<String, RequestBody> bodies = bodies(catalog.first());
        return document -> {
            document.setPaths(once(document.getPaths()));
            ApiAnswers.describe(document);
            document.getPaths()
                    .forEach((path, item) -> item.readOperationsMap().forEach((method, operation) -> {
                        String last = path.substring(path.lastIndexOf('/') + 1);
                        if (method == HttpMethod.POST && bodies.containsKey(last)) {
                            operation.requestBody(bodies.get(last));
                        }
                        if (ONCE.contains(last)) {
                            operation.addParametersItem(submissionKey());
                        }
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

    private static Parameter submissionKey() {
        return new HeaderParameter()
                .name("Idempotency-Key")
                .description(
                        "The same request under the same key, for a day, is answered with the prediction that the first"
                                + " one made; the field `idempotency_key` does the same.")
                .schema(new StringSchema().minLength(1).maxLength(255));
    }

    /** What controllers that read their bodies themselves accept, by the last part of the path. */
    private static Map<String, RequestBody> bodies(Listing listing) {
        ListingSchema fields = ListingSchema.of(listing);
        Map<String, RequestBody> bodies = new HashMap<>();
        MediaType order = json(fields.order(listing.name()))
                .example(Map.of("model", "bytedance/seedream-v4.5/sequential", "prompt", EXAMPLE));
        SUBMISSIONS.forEach(path -> bodies.put(
                path, body(new Content().addMediaType(JSON, order), "The fields at the top, or inside \"input\".")));
        MediaType images = json(fields.images()).example(Map.of("prompt", EXAMPLE, "size", "512x512"));
        bodies.put("generations", body(new Content().addMediaType(JSON, images), null));
        FORMS.forEach((path, required) -> bodies.put(
                path,
                body(
                        new Content()
                                .addMediaType(FORM, json(fields.form(required)))
                                .addMediaType(JSON, json(fields.images())),
                        null)));
        MediaType upload = json((ObjectNode) JsonMapper.shared().readTree(UPLOAD));
        ArenaBodies.SCHEMAS.forEach((path, schema) -> bodies.put(
                path,
                body(
                        new Content().addMediaType(JSON, json((ObjectNode)
                                JsonMapper.shared().readTree(schema))),
                        null)));
        bodies.put("uploadMedia", body(new Content().addMediaType(FORM, upload), null));
        MediaType chat = json((ObjectNode) JsonMapper.shared().readTree(CHAT))
                .example(Map.of("messages", List.of(Map.of("role", "user", "content", "A title for a picture book?"))));
        bodies.put("completions", body(new Content().addMediaType(JSON, chat), null));
        MediaType signed = json((ObjectNode) JsonMapper.shared().readTree(SIGNED));
        bodies.put("verify", body(new Content().addMediaType(FORM, signed), null));
        return bodies;
    }

    private static RequestBody body(Content content, String description) {
        return new RequestBody().required(true).content(content).description(description);
    }

    private static MediaType json(ObjectNode schema) {
        try {
            return new MediaType().schema(Json31.mapper().readValue(schema.toString(), Schema.class));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the input schema is no OpenAPI schema", e);
        }
    }
}
