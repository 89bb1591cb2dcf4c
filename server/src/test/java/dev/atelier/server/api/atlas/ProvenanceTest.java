package dev.atelier.server.api.atlas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.provenance.IdentityFolder;
import dev.atelier.server.RunningServer;
import dev.atelier.server.api.Form;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ProvenanceTest {
    @TempDir
    static Path data;

    private static RunningServer server;
    private static HttpClient http;

    @BeforeAll
    static void start() throws Exception {
        Path keys = data.resolve("keys");
        IdentityFolder.create(keys, "Example", 30);
        server = RunningServer.start(data.resolve("service"), "--atelier.provenance.folder=" + keys);
        http = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() {
        http.close();
        server.close();
    }

    @Test
    void everyFormatThatTheServiceMakesIsTrustedByIt() throws Exception {
        for (String format : new String[] {"png", "jpeg", "webp"}) {
            JsonNode submitted = server.post("/api/v1/model/generateImage", """
                    {"model": "bytedance/seedream-v4.5", "prompt": "a red fox", "size": "256*256", "output_format": "%s"}""".formatted(format));
            JsonNode ended = server.poll(submitted.at("/data/id").asString());
            byte[] file = download(ended.at("/outputs/0").asString());

            JsonNode said = verify(file, 200).at("/data");

            assertThat(said.at("/state").asString()).as(said.toString()).isEqualTo("trusted");
            assertThat(said.at("/program").asString()).startsWith("Atelier ");
            assertThat(said.at("/actions/0/name").asString()).isEqualTo("c2pa.created");
            assertThat(said.at("/actions/0/digital_source_type").asString()).endsWith("/trainedAlgorithmicMedia");
            assertThat(said.at("/findings")).allMatch(f -> f.at("/success").asBoolean());

            file[file.length / 2] ^= 1;
            assertThat(verify(file, 200).at("/data/state").asString()).isEqualTo("invalid");
        }
    }

    @Test
    void otherFilesAreRefused() throws Exception {
        JsonNode refused = verify("words".getBytes(UTF_8), 400);

        assertThat(refused.toString()).contains("file: the file is no PNG, JPEG or WebP");
    }

    private static byte[] download(String url) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofByteArray())
                .body();
    }

    private static JsonNode verify(byte[] file, int status) throws Exception {
        HttpResponse<String> answer = Form.send(server, "/api/v1/provenance/verify", Form.part("file", "a", file));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return JsonMapper.shared().readTree(answer.body());
    }
}
