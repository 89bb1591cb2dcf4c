package dev.atelier.server.api.atlas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.server.RunningServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Bad requests: each is told field, value and bound, in JSON, with a request id. */
class AtlasErrorsTest {
    private static final String GENERATE = "/api/v1/model/generateImage";
    private static final String BASE = "\"model\": \"bytedance/seedream-v4.5\", \"prompt\": \"a barn\"";

    @TempDir
    static Path data;

    private static RunningServer server;

    @BeforeAll
    static void start() {
        server = RunningServer.start(data, "--atelier.worker.enabled=false");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                  | model: missing
            {"model": 3, "prompt": "a"}                         | model: is not of type string
            {"model": "bytedance/seedream-v4.5"}                | prompt: is empty; 1 to 4,000 characters are needed
            {BASE, "size": "100*100"}                           | size: 100*100 is 10,000 pixels; at least 65,536 are needed
            {BASE, "size": "9999*9999"}                         | size: 9999*9999 is 99,980,001 pixels; at most 16,777,216 are allowed
            {BASE, "size": "16384*512"}                         | size: 16384*512 has an extreme shape
            {BASE, "size": "huge"}                              | size: "huge" is not understood
            {BASE, "width": 512}                                | height: missing; width and height are given together
            {BASE, "width": "512px", "height": 512}             | width: "512px" is not of type integer
            {BASE, "width": 512.5, "height": 512}               | width: 512.5 is not of type integer
            {BASE, "steps": 0}                                  | steps: 0 is below 1, the least allowed
            {BASE, "steps": 101}                                | steps: 101 is above 100, the most allowed
            {BASE, "max_images": 16}                            | max_images: 16 is above 15, the most allowed
            {BASE, "guidance_scale": 1e300}                     | guidance_scale: 1.0E300 is above 100, the most allowed
            {BASE, "seed": -2}                                  | seed: -2 is below -1, the least allowed
            {BASE, "output_format": "tiff"}                     | output_format: 'tiff' is none of [png, jpeg, webp, jpg]
            {BASE, "images": "a"}                               | images[0]: neither an http(s) URL nor a data: URI
            {BASE, "images": [{"file_id": "file-1"}]}           | images[0].file_id: there is no Files API here
            {BASE, "images": [{"detail": "low"}]}               | images[0]: is an object without image_url
            {BASE, "image": [""]}                               | image[0]: is empty
            {BASE, "background": "transparent"}                 | background: 'transparent' is nothing that seedling-1 makes
            {BASE, "resolution": "huge"}                        | resolution: "huge" is not understood
            {BASE, "aspect_ratio": "99:1"}                      | aspect_ratio: aspect ratio 99.0; 1/16 to 16 is allowed
            {BASE, "image_size": {"width": 512}}                | image_size.height: missing; width and height are given together
            {BASE, "seed": 9007199254740992}                    | seed: 9007199254740992 is above 9,007,199,254,740,991
            {BASE, "images": [1]}                               | images: [1] is not of type array of strings
            {BASE, "input": []}                                 | input: is no JSON object
            {BASE, "watermark": "yes"}                          | watermark: "yes" is not of type boolean
            {BASE, "webhook_url": "http://127.0.0.1/hook"}      | webhook_url:
            {BASE, "images": ["http://169.254.169.254/latest"]} | images[0]:
            {BASE, "images": ["!!!"]}                           | images[0]:
            {"model": "bytedance/seedream-v4.5/edit", "prompt": "a"} | images: missing; bytedance/seedream-v4.5/edit needs 1 to 14
            {BASE, "strength": 1.5}                             | strength: 1.5 is above 1, the most allowed
            {BASE, "strength": 0.5}                             | strength: has no image to apply to; at least 1 image is needed
            {BASE, "mask": "x"}                                 | mask: has no image to apply to; at least 1 image is needed
            {BASE, "image": "x", "outpaint": "1,2"}             | outpaint: "1,2" is no extension; LEFT,TOP,RIGHT,BOTTOM in pixels are needed
            {BASE, "image": "x", "mask": "y", "outpaint": "9,9,9,9"} | outpaint: is given beside a mask; only one of them is allowed
            [1, 2]                                              | body: is no JSON object
            {"model": "a"                                       | body: is no valid JSON
            {BASE, "seed": 1, "seed": 2}                        | body: is no valid JSON
            """)
    void badRequestsAreRefusedByName(String body, String message) throws Exception {
        HttpResponse<String> answer = server.send("POST", GENERATE, body.replace("BASE", BASE));

        JsonNode error = json(answer);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(error.get("code").intValue()).isEqualTo(400);
        assertThat(error.get("message").stringValue()).startsWith(message);
        assertThat(error.get("msg")).isEqualTo(error.get("message"));
        assertThat(answer.headers().firstValue("X-Request-ID")).isPresent();
    }

    @Test
    void anUnknownModelIs404AndNamesTheOnesThereAre() throws Exception {
        HttpResponse<String> answer = server.send("POST", GENERATE, "{\"model\": \"x/y\", \"prompt\": \"a\"}");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(json(answer).get("message").stringValue())
                .startsWith("model: 'x/y' is not in the catalog; there are seedling-1, bytedance/seedream-v4.5");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/model/prediction/pred_00000000000000000000000000, 404",
        "GET, /api/v1/model/prediction/nonsense, 404",
        "GET, /api/v1/model/prediction/pred_00000000000000000000000000/?utm_source=x, 404",
        "POST, /api/v1/model/prediction/nonsense/cancel, 404",
        "DELETE, /api/v1/model/prediction/nonsense, 404",
        "GET, /api/v1/model/prediction/nonsense/events, 404",
        "GET, /api/v1/nothing, 404",
        "GET, /nothing, 404",
        "POST, /api/v1/model/generateVideo, 404",
        "POST, /api/v1/model/generateAudio, 404",
        "POST, /v1/chat/completions, 404",
        "GET, /api/v1/model/generateImage, 405",
        "PUT, /api/v1/models, 405",
        "GET, /api/v1/model/predictions?limit=0, 400",
        "GET, /api/v1/model/predictions?limit=x, 400",
        "GET, /api/v1/model/predictions?cursor=x, 400",
        "GET, /api/v1/model/history?no=0, 400",
        "GET, /api/v1/model/history?state=odd, 400",
        "GET, /api/v1/models/schema, 400",
        "GET, /api/v1/models/schema?model=x, 404",
        "GET, /api/v1/usage?start_date=x, 400",
        "GET, /public/v1/model-usage?limit=0, 400",
        "GET, /api/v1/model/prediction/..%2f..%2fetc, 404",
        "GET, /api/v1/model/prediction/%00, 400",
        "GET, /api//v1/nothing, 404",
        "GET, /api/v1/./models, 400",
    })
    void everyRefusalIsJson(String method, String path, int status) throws Exception {
        HttpResponse<String> answer = server.send(method, path, "");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
        assertThat(answer.headers().firstValue("X-Request-ID")).isPresent();
        JsonNode error = json(answer);
        boolean images = path.startsWith("/v1/");
        assertThat(
                        images
                                ? error.at("/error/message").stringValue()
                                : error.get("message").stringValue())
                .isNotBlank()
                .doesNotContain("balance", "insufficient", "Exception", "dev.atelier");
    }

    @Test
    void aCallersOwnRequestIdComesBack() throws Exception {
        HttpResponse<String> answer = server.sendWith("GET", "/nothing", "", "X-Request-ID", "mine-1");

        assertThat(answer.headers().firstValue("X-Request-ID")).contains("mine-1");
    }

    @Test
    void aForeignContentTypeIsRefused() throws Exception {
        HttpResponse<String> answer = server.sendWith("POST", GENERATE, "<a/>", "Content-Type", "application/xml");

        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(json(answer).get("message").stringValue())
                .isEqualTo("Content-Type: 'application/xml' is not supported; application/json is");
    }

    /** As curl names it when it is not told. */
    @Test
    void jsonUnderAFormsTypeIsJson() throws Exception {
        HttpResponse<String> answer = server.sendWith(
                "POST", GENERATE, "{" + BASE + "}", "Content-Type", "application/x-www-form-urlencoded");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void aBodyThatIsTooLongIsRefusedBeforeItIsParsed() throws Exception {
        String body = "{" + BASE + ", \"negative_prompt\": \"" + "a".repeat(5000) + "\"}";
        HttpResponse<String> field = server.send("POST", GENERATE, body);
        HttpResponse<String> whole = server.send("POST", GENERATE, "x".repeat(64 * 1024 * 1024 + 1));

        assertThat(json(field).get("message").stringValue())
                .isEqualTo("negative_prompt: 5,000 characters is above 4,000, the most allowed");
        assertThat(whole.statusCode()).isEqualTo(413);
    }

    @Test
    void retentionHeadersAreBounded() throws Exception {
        HttpResponse<String> answer =
                server.sendWith("POST", GENERATE, "{" + BASE + "}", "X-AtlasCloud-Object-Expiration-Hours", "337");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).get("message").stringValue())
                .isEqualTo("X-AtlasCloud-Object-Expiration-Hours: '337' is not in 1 to 336");
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }
}
