package dev.atelier.server.api.atlas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.engine.image.Picture;
import dev.atelier.server.RunningServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The public example of the hosted API, with only the host changed. */
class PublicExampleTest {
    @TempDir
    static java.nio.file.Path data;

    private static RunningServer server;

    @BeforeAll
    static void start() {
        server = RunningServer.start(data);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void generatesAnImageFromTheFirstForm() throws Exception {
        JsonNode submitted = server.post("/api/v1/model/generateImage", """
                {"model": "bytedance/seedream-v4.5/sequential",
                 "prompt": "A beautiful landscape with mountains and lake",
                 "width": 512, "height": 512, "steps": 20, "guidance_scale": 7.5}""");

        assertThat(submitted.get("code").intValue()).isEqualTo(200);
        String id = submitted.at("/data/id").stringValue();
        assertThat(submitted.get("id").stringValue()).isEqualTo(id);

        JsonNode done = server.poll(id);

        assertThat(done.get("status").stringValue()).as(done.toString()).isEqualTo("completed");
        Picture picture = server.picture(done.get("outputs").get(0).stringValue());
        assertThat(picture.width()).isEqualTo(512);
        assertThat(picture.height()).isEqualTo(512);
        assertThat(done.get("error").stringValue()).isEmpty();
        assertThat(done.get("served_by").stringValue()).isEqualTo("seedling-1");
        assertThat(done.at("/metrics/predict_time").doubleValue()).isPositive();
    }

    @Test
    void generatesAnImageFromTheFormWithInput() throws Exception {
        JsonNode submitted = server.post("/api/v1/model/generateImage", """
                {"model": "bytedance/seedream-v4.5/sequential",
                 "input": {"prompt": "A beautiful landscape with mountains and lake"}}""");

        JsonNode done = server.poll(submitted.at("/data/id").stringValue());

        assertThat(done.get("status").stringValue()).as(done.toString()).isEqualTo("completed");
        assertThat(server.picture(done.get("outputs").get(0).stringValue()).width())
                .isPositive();
    }
}
