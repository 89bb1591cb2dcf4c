package dev.atelier.server.api.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.server.ScriptedServer;
import dev.atelier.server.TestDatabase;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Of four pictures the second fails: what OpenAI's and Ark's clients are told. */
class ImagesSurfaceFailuresTest {
    private static final String FOUR = """
            {"model": "bytedance/seedream-v4.5/sequential", "prompt": "four panels: a fox, an explode, a heron, a bear", "n": 4,
             "size": "256x256", "stream": %s}""";
    private static final String WHY = "libtorch: it exploded";

    @TempDir
    static Path data;

    private static ScriptedServer server;

    @BeforeAll
    static void start() {
        server = ScriptedServer.start(TestDatabase.H2.migrated(), data);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void openAiClientsGetThePicturesThatThereAre() throws Exception {
        JsonNode answer = post("/v1/images/generations", FOUR.formatted(false));

        assertThat(answer.get("data"))
                .hasSize(3)
                .allSatisfy(picture ->
                        assertThat(picture.path("b64_json").isString()).isTrue());
        assertThat(answer.get("warnings").valueStream().map(JsonNode::stringValue))
                .contains("picture 2 failed: " + WHY);
        assertThat(answer.at("/usage/generated_images").intValue()).isEqualTo(3);
    }

    @Test
    void arkClientsFindTheFailureInItsPlace() throws Exception {
        JsonNode answer = post("/api/v3/images/generations", FOUR.formatted(false));

        assertThat(answer.get("data")).hasSize(4);
        assertThat(answer.at("/data/0/url").isString()).isTrue();
        assertThat(answer.at("/data/1").toString())
                .isEqualTo("{\"error\":{\"code\":\"generation_failed\",\"message\":\"" + WHY + "\"}}");
    }

    @Test
    void streamsGoOnBehindAFailure() throws Exception {
        List<JsonNode> openAi = events("/v1/images/generations");
        List<JsonNode> ark = events("/api/v3/images/generations");

        assertThat(types(openAi))
                .containsExactly(
                        "image_generation.completed",
                        "image_generation.partial_failed",
                        "image_generation.completed",
                        "image_generation.completed");
        assertThat(openAi.get(1).has("error")).isFalse();
        assertThat(openAi.get(1).get("message").stringValue()).isEqualTo(WHY);
        assertThat(types(ark))
                .containsExactly(
                        "image_generation.partial_succeeded",
                        "image_generation.partial_failed",
                        "image_generation.partial_succeeded",
                        "image_generation.partial_succeeded",
                        "image_generation.completed");
        assertThat(ark.get(1).at("/error/message").stringValue()).isEqualTo(WHY);
    }

    @Test
    void withoutAnyPictureTheRequestHasFailed() throws Exception {
        for (String surface : List.of("/v1", "/api/v3")) {
            HttpResponse<String> answer = server.send(
                    "POST", surface + "/images/generations", "{\"prompt\": \"explode\", \"size\": \"256x256\"}");

            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(JsonMapper.shared()
                            .readTree(answer.body())
                            .at("/error/message")
                            .stringValue())
                    .isEqualTo(WHY);
        }
    }

    private static JsonNode post(String path, String body) throws Exception {
        HttpResponse<String> answer = server.send("POST", path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }

    private static List<JsonNode> events(String path) throws Exception {
        return server.send("POST", path, FOUR.formatted(true))
                .body()
                .lines()
                .filter(line -> line.startsWith("data:{"))
                .<JsonNode>map(line -> JsonMapper.shared().readTree(line.substring(5)))
                .toList();
    }

    private static List<String> types(List<JsonNode> events) {
        return events.stream().map(event -> event.get("type").stringValue()).toList();
    }
}
