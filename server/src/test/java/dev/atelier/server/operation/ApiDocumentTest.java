package dev.atelier.server.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.server.RunningServer;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What is published about the API is what it does. */
class ApiDocumentTest {
    private static final String PIXEL = "data:image/png;base64,"
            + "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";

    @RegisterExtension
    static final RunningServer server = RunningServer.with("--atelier.worker.enabled=false");

    private static JsonNode document;

    @BeforeAll
    static void read() throws Exception {
        document = server.get("/v3/api-docs");
    }

    /** Each field by itself with a value that its schema allows: nothing is refused for it, and none is unknown. */
    @ParameterizedTest
    @CsvSource({
        "/api/v1/model/generateImage, application/json",
        "/v1/images/generations, application/json",
        "/api/v3/images/generations, application/json",
        "/v1/images/edits, multipart/form-data",
        "/v1/images/variations, multipart/form-data"
    })
    void everyPublishedFieldIsKnown(String path, String type) throws Exception {
        JsonNode schema = document.at("/paths")
                .path(path)
                .at("/post/requestBody/content")
                .path(type)
                .path("schema");
        List<String> names =
                schema.path("properties").propertyStream().map(e -> e.getKey()).toList();

        assertThat(names).contains("prompt", "image", "images", "mask", "strength", "seed", "aspect_ratio", "n");
        for (String name : names) {
            JsonNode property = schema.path("properties").path(name);
            ObjectNode body = JsonMapper.shared().createObjectNode();
            body.put("model", "seedling-1")
                    .put("prompt", "a barn")
                    .put("image", PIXEL)
                    .put("size", "512x512");
            if (!List.of("model", "prompt", "image").contains(name)) {
                body.remove("size");
                body.set(name, value(name, property));
            }
            if (name.equals("width") || name.equals("height")) {
                body.put("width", 512).put("height", 512);
            }
            JsonNode answer = server.post("/api/v1/model/calculate", body.toString());
            assertThat(answer.path("code").asInt()).as("%s: %s", name, answer).isEqualTo(200);
            assertThat(answer.at("/data/warnings").toString()).as(name).doesNotContain("not known");
        }
    }

    @Test
    void bothSurfacesPublishTheSameFields() {
        List<String> ofAtlas = fields("/api/v1/model/generateImage");

        assertThat(fields("/v1/images/generations"))
                .containsAll(ofAtlas)
                .contains("stream", "partial_images", "sequential_image_generation", "optimize_prompt_options");
        assertThat(ofAtlas).contains("response_format", "mask_image", "image_size", "resolution", "prompt_upsampling");
    }

    private static List<String> fields(String path) {
        return document.at("/paths")
                .path(path)
                .at("/post/requestBody/content/application~1json/schema/properties")
                .propertyStream()
                .map(e -> e.getKey())
                .toList();
    }

    private static JsonNode value(String name, JsonNode property) {
        ObjectNode holder = JsonMapper.shared().createObjectNode();
        if (property.has("properties")) {
            property.get("properties")
                    .propertyStream()
                    .forEach(e -> holder.set(e.getKey(), value(e.getKey(), e.getValue())));
            return holder;
        }
        if (property.has("enum")) {
            return property.get("enum").get(0);
        }
        return switch (name) {
            case "image_url", "mask", "mask_image" -> holder.put("v", PIXEL).get("v");
            case "images" -> holder.putArray("v").add(PIXEL);
            case "outpaint" -> holder.put("v", "8,8,8,8").get("v");
            case "size", "image_size", "resolution" -> holder.put("v", "1K").get("v");
            case "aspect_ratio" -> holder.put("v", "16:9").get("v");
            case "template" -> holder.put("v", "teaching/diagram").get("v");
            case "slots" -> holder;
            case "webhook_url" -> holder.put("v", "https://hooks.example/").get("v");
            default ->
                switch (property.path("type").asString()) {
                    case "integer", "number" -> property.get("minimum");
                    case "boolean" -> holder.put("v", true).get("v");
                    default -> holder.put("v", "fog").get("v");
                };
        };
    }
}
