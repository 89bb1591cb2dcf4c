package dev.atelier.server.api.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.engine.image.Picture;
import dev.atelier.engine.image.codec.PictureLimits;
import dev.atelier.engine.image.codec.PictureReader;
import dev.atelier.server.RunningServer;
import dev.atelier.server.api.Form;
import dev.atelier.server.media.HostileFiles;
import java.awt.image.BufferedImage;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The shapes of answers on {@code /v1} and {@code /api/v3}, and edits as clients send them. */
class ImagesSurfaceTest {
    private static final String SMALL = "\"prompt\": \"a barn\", \"size\": \"256x256\", \"steps\": 1";

    @RegisterExtension
    static final RunningServer server = RunningServer.with();

    @Test
    void openAiClientsGetBase64AndArkClientsUrls() throws Exception {
        JsonNode openAi = server.post("/v1/images/generations", "{\"model\": \"gpt-image-1\", " + SMALL + "}");
        JsonNode ark =
                server.post("/api/v3/images/generations", "{\"model\": \"doubao-seedream-4-5-251128\", " + SMALL + "}");

        assertThat(size(openAi.at("/data/0/b64_json").stringValue())).isEqualTo("256x256");
        assertThat(openAi.at("/data/0").has("url")).isFalse();
        assertThat(openAi.at("/data/0/revised_prompt").stringValue()).isEqualTo("a barn");
        assertThat(openAi.get("created").isIntegralNumber()).isTrue();
        assertThat(openAi.get("background").stringValue()).isEqualTo("opaque");
        assertThat(openAi.get("output_format").stringValue()).isEqualTo("png");
        assertThat(openAi.get("size").stringValue()).isEqualTo("256x256");
        assertThat(server.picture(ark.at("/data/0/url").stringValue())).hasToString("Picture[256x256]");
        assertThat(ark.at("/data/0").has("b64_json")).isFalse();
        for (JsonNode answer : List.of(openAi, ark)) {
            assertThat(answer.get("served_by").stringValue()).isEqualTo("seedling-1");
            assertThat(answer.get("warnings")).isEmpty();
            assertThat(answer.get("reasons").toString()).isEqualTo("[\"planned by rules\"]");
            assertThat(answer.get("usage").toString())
                    .isEqualTo("{\"generated_images\":1,\"input_images\":0,\"input_tokens\":0,\"input_tokens_details\":"
                            + answer.at("/usage/input_tokens_details")
                            + ",\"output_tokens\":256,\"output_tokens_details\":"
                            + answer.at("/usage/output_tokens_details") + ",\"total_tokens\":256}");
        }
        assertThat(openAi.get("model").stringValue()).isEqualTo("gpt-image-1");
    }

    @Test
    void openAiStreamsCompleteEachPicture() throws Exception {
        List<JsonNode> events =
                stream("/v1/images/generations", "{" + SMALL + ", \"n\": 2, \"quality\": \"high\", \"stream\": true}");

        assertThat(events).hasSize(2).allSatisfy(event -> {
            assertThat(event.get("type").stringValue()).isEqualTo("image_generation.completed");
            assertThat(size(event.get("b64_json").stringValue())).isEqualTo("256x256");
            assertThat(event.get("created_at").isIntegralNumber()).isTrue();
            assertThat(event.get("size").stringValue()).isEqualTo("256x256");
            assertThat(event.get("quality").stringValue()).isEqualTo("auto");
            assertThat(event.get("background").stringValue()).isEqualTo("opaque");
            assertThat(event.get("output_format").stringValue()).isEqualTo("png");
            assertThat(event.at("/usage/output_tokens").intValue()).isEqualTo(256);
            assertThat(event.get("served_by").stringValue()).isEqualTo("seedling-1");
            assertThat(event.get("warnings").toString()).contains("quality: has no effect");
        });
        assertThat(events.stream().map(e -> e.get("image_index").intValue())).containsExactly(0, 1);
    }

    @Test
    void arkStreamsTellPicturesAndThenTheUsage() throws Exception {
        List<JsonNode> events = stream(
                "/api/v3/images/generations", "{" + SMALL + ", \"n\": 2, \"stream\": true, \"watermark\": false}");

        assertThat(events.stream().map(e -> e.get("type").stringValue()))
                .containsExactly(
                        "image_generation.partial_succeeded",
                        "image_generation.partial_succeeded",
                        "image_generation.completed");
        assertThat(events.getFirst().get("url").stringValue()).startsWith(server.base() + "/outputs/");
        assertThat(events.getFirst().has("usage")).isFalse();
        assertThat(events.getLast().has("b64_json")).isFalse();
        assertThat(events.getLast().at("/usage/generated_images").intValue()).isEqualTo(2);
        assertThat(events.getLast().at("/usage/output_tokens").intValue()).isEqualTo(512);
        assertThat(events.getLast().get("reasons").toString())
                .isEqualTo("[\"planned by rules\",\"2 pictures of the whole prompt: the request says so\"]");
    }

    @Test
    void variationsNeedAPictureAndNoPrompt() throws Exception {
        JsonNode answer = json(Form.send(
                server,
                "/v1/images/variations",
                Form.part("image", "a.png", HostileFiles.picture("png", 64, 64)),
                Form.part("model", "", "dall-e-2".getBytes(StandardCharsets.UTF_8)),
                Form.part("size", "", "256x256".getBytes(StandardCharsets.UTF_8)),
                Form.part("user", "", "u-1".getBytes(StandardCharsets.UTF_8))));

        assertThat(size(answer.at("/data/0/b64_json").stringValue())).isEqualTo("256x256");
        assertThat(answer.at("/usage/input_images").intValue()).isEqualTo(1);
        assertThat(answer.get("warnings").toString()).isEqualTo("[\"user: has no effect; usage is counted by key\"]");
        HttpResponse<String> none = server.send("POST", "/v1/images/variations", "{\"model\": \"dall-e-2\"}");
        assertThat(none.statusCode()).isEqualTo(400);
        assertThat(none.body()).contains("image: missing; at least 1 image is needed", "\"param\":\"image\"");
    }

    @Test
    void masksComeUnderSeveralNamesAndAnEmptyOneIsNone() throws Exception {
        byte[] source = HostileFiles.picture("png", 96, 64);
        JsonNode bracketed = json(Form.send(
                server,
                "/v1/images/edits",
                Form.part("prompt", "", "make it night".getBytes(StandardCharsets.UTF_8)),
                Form.part("image[]", "a.png", source),
                Form.part("mask[]", "m.png", rightHalf())));
        JsonNode empty = json(Form.send(
                server,
                "/v1/images/edits",
                Form.part("prompt", "", "make it night".getBytes(StandardCharsets.UTF_8)),
                Form.part("size", "", "256x256".getBytes(StandardCharsets.UTF_8)),
                Form.part("image", "a.png", source),
                Form.part("mask", "", new byte[0])));

        Picture edited = read(bracketed.at("/data/0/b64_json").stringValue());
        assertThat(edited).hasToString("Picture[96x64]");
        Picture before = PictureReader.read(source, PictureLimits.DEFAULT);
        assertThat(edited.channel(10, 10, 0)).isEqualTo(before.channel(10, 10, 0));
        assertThat(size(empty.at("/data/0/b64_json").stringValue())).isEqualTo("256x256");
    }

    @Test
    void jsonEditsNameTheirPicturesInObjects() throws Exception {
        String source = inline(HostileFiles.picture("png", 96, 64));
        JsonNode answer = server.post("/v1/images/edits", """
                {"model": "gpt-image-1", "prompt": "make it night", "steps": 1, "images": [{"image_url": "%s"}],
                 "mask": {"image_url": "%s"}}""".formatted(source, inline(rightHalf())));

        assertThat(read(answer.at("/data/0/b64_json").stringValue())).hasToString("Picture[96x64]");
        HttpResponse<String> file =
                server.send("POST", "/v1/images/edits", "{\"prompt\": \"x\", \"images\": [{\"file_id\": \"file-1\"}]}");
        assertThat(file.statusCode()).isEqualTo(400);
        assertThat(file.body()).contains("images[0].file_id: there is no Files API here");
    }

    @Test
    void aStrengthKeepsThePicturesOwnSize() throws Exception {
        JsonNode answer =
                server.post("/api/v3/images/edits", """
                {"prompt": "make it night", "steps": 2, "strength": 0.5, "image": "%s"}""".formatted(inline(HostileFiles.picture("png", 104, 72))));

        assertThat(answer.at("/data/0/size").stringValue()).isEqualTo("104x72");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/images/edits", "/api/v3/images/edits", "/api/v1/model/generateImage"})
    void sourcesThatCannotKeepTheirSizeAreRefusedAtOnce(String path) throws Exception {
        String fields = "{\"model\": \"seedling-1\", \"prompt\": \"x\", \"mask\": \"" + inline(rightHalf())
                + "\", \"image\": \"";
        HttpResponse<String> small =
                server.send("POST", path, fields + inline(HostileFiles.picture("png", 4, 4)) + "\"}");
        HttpResponse<String> extreme =
                server.send("POST", path, fields + inline(HostileFiles.picture("png", 400, 16)) + "\"}");

        assertThat(small.statusCode()).as(small.body()).isEqualTo(400);
        assertThat(small.body()).contains("images[0]: 4x4 has a side below 8, the smallest this model makes");
        assertThat(extreme.statusCode()).isEqualTo(400);
        assertThat(extreme.body())
                .contains("images[0]: 400x16 has an extreme shape; an aspect ratio of 1/16 to 16 is allowed");
    }

    @Test
    void aPictureThatIsShrunkIsToldOf() throws Exception {
        JsonNode answer =
                server.post("/v1/images/edits", """
                {"prompt": "make it night", "steps": 1, "size": "256x256", "image": "%s"}""".formatted(inline(HostileFiles.picture("png", 1500, 1000))));

        assertThat(answer.at("/warnings/0").stringValue())
                .startsWith("images[0]: 1500x1000 is more than the model sees of a picture; it was shrunk to about ");
    }

    @Test
    void aPictureThatCannotBeFetchedIsTheCallersFault() throws Exception {
        HttpResponse<String> answer = server.send(
                "POST", "/v1/images/edits", "{\"prompt\": \"x\", \"image\": \"http://pictures.invalid/a.png\"}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        assertThat(answer.body()).contains("\"param\":\"images[0]\"", "images[0]: cannot be fetched");
        List<JsonNode> events = stream(
                "/v1/images/edits",
                "{\"prompt\": \"x\", \"image\": \"http://pictures.invalid/a.png\", \"stream\": true}");
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.get("type").stringValue()).isEqualTo("error");
            assertThat(event.at("/error/param").stringValue()).isEqualTo("images[0]");
            assertThat(event.at("/error/type").stringValue()).isEqualTo("invalid_request_error");
        });
    }

    private static List<JsonNode> stream(String path, String body) throws Exception {
        String events = server.send("POST", path, body).body();
        assertThat(events.strip()).endsWith("data:[DONE]");
        return events.lines()
                .filter(line -> line.startsWith("data:{"))
                .<JsonNode>map(line -> JsonMapper.shared().readTree(line.substring(5)))
                .toList();
    }

    private static byte[] rightHalf() {
        BufferedImage mask = new BufferedImage(60, 40, BufferedImage.TYPE_INT_ARGB);
        for (int y = 0; y < 40; y++) {
            for (int x = 0; x < 30; x++) {
                mask.setRGB(x, y, 0xff000000);
            }
        }
        return HostileFiles.encoded("png", mask);
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }

    private static String inline(byte[] file) {
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(file);
    }

    private static Picture read(String base64) {
        return PictureReader.read(Base64.getDecoder().decode(base64), PictureLimits.DEFAULT);
    }

    private static String size(String base64) {
        Picture picture = read(base64);
        return picture.width() + "x" + picture.height();
    }
}
