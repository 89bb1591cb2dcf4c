package dev.atelier.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.server.RunningServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Submissions that are sent again over HTTP, on every surface, also after a restart. */
class RepeatedSubmissionTest {
    private static final String GENERATE = "/api/v1/model/generateImage";
    private static final String ATLAS =
            "{\"model\": \"bytedance/seedream-v4.5\", \"prompt\": \"a barn\", \"size\": \"256*256\", \"steps\": 1}";
    private static final String IMAGES =
            "{\"prompt\": \"a barn\", \"size\": \"256x256\", \"response_format\": \"url\", \"steps\": 1}";

    @TempDir
    Path data;

    @Test
    void theFirstAnswerIsGivenAgain() throws Exception {
        String prediction;
        String picture;
        try (RunningServer server = RunningServer.start(data)) {
            prediction = id(send(server, GENERATE, ATLAS, "one"));
            assertThat(id(send(server, GENERATE, ATLAS, "\"one\""))).isEqualTo(prediction);
            assertThat(id(server.send(
                            "POST", GENERATE, ATLAS.replace("\"steps\"", "\"idempotency_key\": \"one\", \"steps\""))))
                    .isEqualTo(prediction);
            assertThat(id(send(server, GENERATE, ATLAS, "two"))).isNotEqualTo(prediction);
            assertThat(id(server.send("POST", GENERATE, ATLAS))).isNotEqualTo(prediction);

            HttpResponse<String> other = send(server, GENERATE, ATLAS.replace("barn", "lake"), "one");
            assertThat(other.statusCode()).isEqualTo(409);
            assertThat(other.body()).contains("Idempotency-Key: 'one' was used for another request");

            picture = send(server, "/v1/images/generations", IMAGES, "three").body();
            assertThat(send(server, "/api/v3/images/generations", IMAGES, "three")
                            .body())
                    .isEqualTo(picture)
                    .contains("/outputs/");
        }
        try (RunningServer server = RunningServer.start(data)) {
            assertThat(id(send(server, GENERATE, ATLAS, "one"))).isEqualTo(prediction);
            assertThat(send(server, "/v1/images/edits", IMAGES, "three").statusCode())
                    .as("an edit needs a picture whatever its key")
                    .isEqualTo(400);
        }
    }

    private static HttpResponse<String> send(RunningServer server, String path, String body, String key)
            throws Exception {
        return server.sendWith("POST", path, body, "Idempotency-Key", key);
    }

    private static String id(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode id = JsonMapper.shared().readTree(answer.body()).get("id");
        return id.stringValue();
    }
}
