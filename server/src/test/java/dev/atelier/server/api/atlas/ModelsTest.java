package dev.atelier.server.api.atlas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.server.RunningServer;
import java.net.http.HttpResponse;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The catalog and its schemas, as the clients that were shipped for the hosted service read them. */
class ModelsTest {
    @TempDir
    static Path data;

    private static RunningServer server;
    private static JsonNode models;

    @BeforeAll
    static void start() throws Exception {
        server = RunningServer.start(data, "--atelier.worker.enabled=false");
        models = server.get("/api/v1/models").get("data");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void everyEntryHasWhatClientsRead() {
        assertThat(models.valueStream().map(m -> m.get("model").stringValue()))
                .containsExactly(
                        "seedling-1",
                        "bytedance/seedream-v4.5",
                        "bytedance/seedream-v4.5/edit",
                        "bytedance/seedream-v4.5/sequential",
                        "bytedance/seedream-v4.5/edit-sequential",
                        "bytedance/seedream-v4",
                        "bytedance/seedream-v4/edit",
                        "bytedance/seedream-v4/sequential",
                        "bytedance/seedream-v4/edit-sequential",
                        "bytedance/seedream-v5.0-lite",
                        "bytedance/seedream-v5.0-lite/edit",
                        "bytedance/seedream-v5.0-lite/sequential",
                        "bytedance/seedream-v5.0-lite/edit-sequential");
        assertThat(models).allSatisfy(model -> {
            assertThat(model.get("type").stringValue()).isEqualTo("Image");
            for (String text :
                    List.of("uuid", "displayName", "profile", "avatar", "readme", "schema", "organization")) {
                assertThat(model.get(text).stringValue()).as(text).isNotBlank();
            }
            assertThat(model.get("tags").valueStream())
                    .allMatch(JsonNode::isString)
                    .isNotEmpty();
            assertThat(model.get("categories").valueStream())
                    .allMatch(JsonNode::isString)
                    .isNotEmpty();
            assertThat(model.at("/price/actual/base_price").stringValue()).isEqualTo("0");
            assertThat(model.get("display_console").booleanValue()).isTrue();
        });
        assertThat(models.valueStream().map(m -> m.get("displayName").stringValue()))
                .doesNotHaveDuplicates();
    }

    @Test
    void aSearchForAllWordsInOneFieldFindsTheAlias() {
        assertThat(models.valueStream()
                        .filter(m ->
                                m.get("profile").stringValue().toLowerCase().contains("seedream")
                                        && m.get("profile").stringValue().contains("edit")
                                        && m.get("profile").stringValue().contains("4k"))
                        .map(m -> m.get("model").stringValue()))
                .contains("bytedance/seedream-v4.5/edit", "bytedance/seedream-v4.5/edit-sequential");
    }

    @Test
    void schemasHaveTheFormThatClientsRelyOn() throws Exception {
        for (JsonNode model : models) {
            JsonNode schema = server.get(
                    model.get("schema").stringValue().replace(server.base().toString(), ""));

            assertThat(schema.at("/servers/0/url").stringValue())
                    .isEqualTo(server.base().toString());
            assertThat(names(schema.get("paths")))
                    .containsExactly("/api/v1/model/generateImage", "/api/v1/model/prediction/{id}");
            JsonNode input = schema.at("/components/schemas/Input");
            List<String> fields = names(input.get("properties"));
            assertThat(fields)
                    .startsWith("prompt")
                    .contains("model", "size", "steps", "guidance_scale", "width", "height");
            assertThat(fields.indexOf("image")).isLessThan(fields.indexOf("images"));
            assertThat(fields.indexOf("image_url")).isLessThan(fields.indexOf("images"));
            for (String single : List.of("image", "image_url")) {
                JsonNode picture = input.at("/properties/" + single);
                assertThat(picture.has("type")).isFalse();
                assertThat(picture.get("anyOf").toString())
                        .isEqualTo("[{\"type\":\"string\"},{\"type\":\"array\",\"items\":{\"type\":\"string\"}}]");
            }
            assertThat(input.at("/properties/images/type").stringValue()).isEqualTo("array");
            boolean edits = model.get("model").stringValue().contains("/edit");
            assertThat(input.path("anyOf").toString())
                    .isEqualTo(
                            edits
                                    ? "[{\"required\":[\"images\"]},{\"required\":[\"image\"]},{\"required\":[\"image_url\"]}]"
                                    : "");
            assertThat(input.at("/properties/images/description").stringValue().toLowerCase())
                    .doesNotContain("image url", "input image");
            assertThat(input.at("/properties/model/default").stringValue())
                    .isEqualTo(model.get("model").stringValue());
            assertThat(input.get("x-order-properties").valueStream().map(JsonNode::stringValue))
                    .containsExactlyElementsOf(fields);
            assertThat(input.get("required").valueStream().map(JsonNode::stringValue))
                    .containsExactly("model", "prompt");
            assertThat(input.get("properties").propertyStream())
                    .allMatch(p -> p.getKey().matches("image|image_url")
                            || p.getValue().path("type").isString());
            assertThat(schema.toString()).doesNotContain("$schema");
            assertThat(schema.at("/components/schemas/PredictionResponse/properties/data")
                            .isObject())
                    .isTrue();
        }
    }

    @Test
    void everyFieldOfTheSchemaIsAccepted() throws Exception {
        HttpResponse<String> answer = server.send("POST", "/api/v1/model/calculate", """
                {"model": "bytedance/seedream-v4.5/sequential", "prompt": "a barn", "size": "2K", "max_images": 2,
                 "steps": 4, "guidance_scale": 1.5, "seed": -1, "negative_prompt": "fog", "output_format": "webp",
                 "enable_base64_output": false, "enable_sync_mode": false, "enable_prompt_expansion": true,
                 "watermark": false, "images": null}""");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(JsonMapper.shared()
                        .readTree(answer.body())
                        .at("/data/warnings")
                        .toString())
                .isEqualTo(
                        "[\"guidance_scale: has no effect on seedling-1, which was made for few steps without guidance\","
                                + "\"negative_prompt: has no effect on seedling-1\"]");
        assertThat(answer.body()).contains("\"reasons\":[\"planned by rules\"]");
        assertThat(answer.body()).contains("\"price\":\"0\"", "\"origin_price\":\"0\"", "\"estimated\":true");
    }

    @Test
    void readmesSayWhoServes() throws Exception {
        String path =
                models.get(1).get("readme").stringValue().replace(server.base().toString(), "");
        HttpResponse<String> readme = server.send("GET", path, "");

        assertThat(readme.headers().firstValue("Content-Type").orElse("")).startsWith("text/markdown");
        assertThat(readme.body()).contains("Served by: `seedling-1`");
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.propertyNames().forEach(names::add);
        return names;
    }

    @Test
    void anEstimateGrowsWithThePictureAsItsMemoryDoes() throws Exception {
        long weights;
        try (var files = Files.walk(data.resolve("klein-small"), FileVisitOption.FOLLOW_LINKS)) {
            weights = files.filter(f -> f.toString().endsWith(".safetensors"))
                    .mapToLong(f -> f.toFile().length())
                    .sum();
        }

        long small = peakBytes("256*256", 1);
        long guided = peakBytes("256*256", 4);
        long large = peakBytes("4096*4096", 1);

        assertThat(small).isBetween(weights, weights + (1L << 28));
        assertThat(guided).isGreaterThanOrEqualTo(small);
        // Windows and tiles: sixteen million pixels do not take 256 times the memory, but hold the picture itself.
        assertThat(large).isBetween(small + 4096L * 4096 * 3, 4L << 30);
    }

    private static long peakBytes(String size, int guidance) throws Exception {
        JsonNode answer = server.post("/api/v1/model/calculate", """
                {"model": "bytedance/seedream-v4.5", "prompt": "a barn", "size": "%s", "guidance_scale": %d}""".formatted(size, guidance));
        return answer.at("/data/peak_bytes").longValue();
    }
}
