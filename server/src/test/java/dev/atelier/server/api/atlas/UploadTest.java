package dev.atelier.server.api.atlas;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.server.RunningServer;
import dev.atelier.server.media.HostileFiles;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class UploadTest {
    private static final byte[] PNG = HostileFiles.picture("png", 300, 256);

    @TempDir
    static Path data;

    private static RunningServer server;
    private static HttpClient http;

    @BeforeAll
    static void start() {
        server = RunningServer.start(data);
        http = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() {
        http.close();
        server.close();
    }

    /** As Atlas's MCP server sends it: a part of type application/octet-stream. */
    @Test
    void answersWithEveryNameThatClientsRead() throws Exception {
        HttpResponse<String> answer = upload("file", "my picture.png", "application/octet-stream", PNG, Map.of());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("X-Request-ID")).isPresent();
        JsonNode body = JsonMapper.shared().readTree(answer.body());
        assertThat(body.at("/code").asInt()).isEqualTo(200);
        assertThat(body.at("/message").asString()).isEqualTo("success");
        String url = body.at("/url").asString();
        assertThat(url).matches(server.base() + "/uploads/[0-9a-f]{48}\\.png");
        assertThat(body.at("/data/download_url").asString()).isEqualTo(url);
        assertThat(body.at("/data/file_name").asString()).isEqualTo("my picture.png");
        assertThat(body.at("/data/filename").asString()).isEqualTo("my picture.png");
        assertThat(body.at("/data/content_type").asString()).isEqualTo("image/png");
        assertThat(body.at("/data/type").asString()).isEqualTo("image/png");
        assertThat(body.at("/data/size").asLong()).isEqualTo(PNG.length);
        assertThat(server.picture(url)).hasToString("Picture[300x256]");
    }

    @Test
    void servesTheUploadAsAReference() throws Exception {
        String url = JsonMapper.shared()
                .readTree(upload("file", "a.png", "image/png", PNG, Map.of()).body())
                .at("/url")
                .asString();

        JsonNode submitted = server.post("/api/v1/model/generateImage", """
                {"model": "bytedance/seedream-v4.5/edit", "prompt": "make it night", "images": ["%s"], "size": "256*256"}""".formatted(url));

        JsonNode ended = server.poll(submitted.at("/data/id").asString());
        assertThat(ended.at("/status").asString()).as(ended.toString()).isEqualTo("completed");
    }

    @ParameterizedTest
    @CsvSource({
        "../../../etc/passwd, passwd",
        "C:/temp/cat.png, cat.png",
        "/, ''",
        "'', ''",
        "猫.png, 猫.png",
    })
    void keepsOnlyTheLastPartOfTheCallersName(String given, String kept) throws Exception {
        JsonNode body = JsonMapper.shared()
                .readTree(upload("file", given, "image/png", PNG, Map.of()).body());

        String name = body.at("/data/file_name").asString();
        assertThat(body.at("/url").asString()).endsWith(kept.isEmpty() ? name : ".png");
        assertThat(kept.isEmpty() || name.equals(kept)).as(name).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "X-AtlasCloud-Object-Expiration-Hours, 1, 200",
        "X-AtlasCloud-Object-Expiration-Hours, 336, 200",
        "X-AtlasCloud-Object-Expiration-Hours, 0, 400",
        "X-AtlasCloud-Object-Expiration-Hours, 337, 400",
        "X-AtlasCloud-Object-Expiration-Hours, soon, 400",
    })
    void keepsFilesAsLongAsTheHeaderSays(String header, String hours, int status) throws Exception {
        HttpResponse<String> answer = upload("file", "a.png", "image/png", PNG, Map.of(header, hours));

        assertThat(answer.statusCode()).isEqualTo(status);
        if (status == 400) {
            assertThat(answer.body()).contains(header + ": '" + hours + "' is not in 1 to 336");
        }
    }

    @Test
    void refusesFilesThatAreNoPicturesWhateverTheyCallThemselves() throws Exception {
        for (Map.Entry<String, byte[]> file : HostileFiles.all().entrySet()) {
            HttpResponse<String> answer = upload("file", "cat.png", "image/png", file.getValue(), Map.of());

            assertThat(answer.statusCode())
                    .as(file.getKey() + ": " + answer.body())
                    .isIn(413, 422);
            assertThat(answer.body()).as(file.getKey()).contains("\"message\":\"file: ");
        }
    }

    @Test
    void saysWhichPartIsMissing() throws Exception {
        HttpResponse<String> json = server.send("POST", "/api/v1/model/uploadMedia", "{}");
        assertThat(json.statusCode()).isEqualTo(415);
        assertThat(json.body()).contains("Content-Type: multipart/form-data is needed");

        HttpResponse<String> text = send(
                "--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\ntext\r\n--b--\r\n".getBytes(ISO_8859_1),
                Map.of());
        assertThat(text.statusCode()).isEqualTo(400);
        assertThat(text.body()).contains("file: missing; a multipart part of this name with a file is needed");
    }

    @Test
    void refusesAFileOverTheBoundBeforeItIsRead() throws Exception {
        HttpResponse<String> answer = upload("file", "a.png", "image/png", new byte[(30 << 20) + 1], Map.of());

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("file: the upload is too large");
    }

    private static HttpResponse<String> upload(
            String part, String name, String type, byte[] content, Map<String, String> headers) throws Exception {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(("--b\r\nContent-Disposition: form-data; name=\"" + part + "\"; filename=\"" + name
                        + "\"\r\nContent-Type: " + type + "\r\n\r\n")
                .getBytes(UTF_8));
        body.writeBytes(content);
        body.writeBytes("\r\n--b--\r\n".getBytes(ISO_8859_1));
        return send(body.toByteArray(), headers);
    }

    private static HttpResponse<String> send(byte[] form, Map<String, String> headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.base() + "/api/v1/model/uploadMedia"))
                .header("Authorization", "Bearer $ATLASCLOUD_API_KEY")
                .header("Content-Type", "multipart/form-data; boundary=b")
                .POST(HttpRequest.BodyPublishers.ofByteArray(form));
        headers.forEach(request::header);
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
