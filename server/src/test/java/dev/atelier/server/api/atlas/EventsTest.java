package dev.atelier.server.api.atlas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.server.ScriptedServer;
import dev.atelier.server.TestDatabase;
import dev.atelier.server.access.ApiKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code GET /api/v1/events} as a browser reads it. */
class EventsTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.shared();

    @TempDir
    static Path data;

    private static ScriptedServer server;

    @BeforeAll
    static void start() {
        server = ScriptedServer.start(
                TestDatabase.H2.migrated(), data, "--atelier.events.quiet=1ms", "--atelier.events.streams-per-key=40");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private record Event(String name, String id, JsonNode data) {}

    /** One open stream. */
    private static final class Stream implements AutoCloseable {
        private final InputStream body;
        private final BufferedReader lines;
        private final HttpResponse<InputStream> answer;

        Stream(ScriptedServer at, String lastEventId) throws IOException, InterruptedException {
            HttpRequest.Builder request = HttpRequest.newBuilder(at.base().resolve("/api/v1/events"));
            if (!lastEventId.isEmpty()) {
                request.header("Last-Event-ID", lastEventId);
            }
            answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            body = answer.body();
            lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
        }

        /** The next event or, without a name, sign of life; null at the end. */
        Event next() throws IOException {
            String name = "";
            String id = "";
            JsonNode data = null;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty()) {
                    return new Event(name, id, data);
                }
                int colon = line.indexOf(':');
                String value = line.substring(colon + 1).strip();
                switch (line.substring(0, colon)) {
                    case "event" -> name = value;
                    case "id" -> id = value;
                    case "data" -> data = JSON.readTree(value);
                    default -> {}
                }
            }
            return null;
        }

        Event next(String name) throws IOException {
            Event event = next();
            while (!event.name().equals(name)) {
                event = next();
            }
            return event;
        }

        @Override
        public void close() throws IOException {
            body.close();
        }
    }

    private static JsonNode post(String path, String body) throws IOException, InterruptedException {
        return JSON.readTree(HTTP.send(
                        HttpRequest.newBuilder(server.base().resolve(path))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body());
    }

    private static String order(String more) throws IOException, InterruptedException {
        return post(
                        "/api/v1/model/generateImage",
                        "{\"model\": \"seedling-1\", \"prompt\": \"a barn\", \"size\": \"256*256\"" + more + "}")
                .get("id")
                .stringValue();
    }

    @Test
    void oneStreamTellsWhatWasOrderedAndWhatBecameOfIt() throws Exception {
        try (Stream stream = new Stream(server, "")) {
            assertThat(stream.answer.headers().firstValue("Content-Type")).hasValue("text/event-stream");
            assertThat(stream.answer.headers().firstValue("Cache-Control")).hasValue("no-store");
            assertThat(stream.next().id()).matches("[0-9]{16}");
            String id = order(", \"seed\": 5, \"steps\": 3, \"negative_prompt\": \"rain\"");

            Event submitted = stream.next("submitted");
            Event progress = stream.next("progress");
            Event output = stream.next("output");
            Event done = stream.next("done");

            assertThat(submitted.data().get("id").stringValue()).isEqualTo(id);
            assertThat(submitted.data().get("input")).isEqualTo(JSON.readTree("""
                {"model": "seedling-1", "prompt": "a barn", "negative_prompt": "rain", "size": "256*256",
                 "steps": 3, "seed": 5, "output_format": "png"}\
                """));
            assertThat(progress.data().get("id").stringValue()).isEqualTo(id);
            assertThat(progress.data().get("phase").stringValue())
                    .isIn("waiting", "making", "preparing", "drawing", "decoding");
            assertThat(output.data().get("id").stringValue()).isEqualTo(id);
            assertThat(output.data().get("url").stringValue()).startsWith(server.base() + "/outputs/");
            assertThat(output.data().get("width").intValue()).isEqualTo(256);
            assertThat(done.data().get("state").stringValue()).isEqualTo("completed");
            assertThat(Long.parseLong(done.id())).isGreaterThanOrEqualTo(Long.parseLong(submitted.id()));
        }
    }

    @Test
    void lastEventIdGoesOnWhereTheConnectionBroke() throws Exception {
        String last;
        try (Stream stream = new Stream(server, "")) {
            last = stream.next().id();
        }
        String id = order("");
        server.predictions().await(id, ApiKey.LOCAL.id(), ScriptedServer.PATIENCE);

        try (Stream stream = new Stream(server, last)) {
            Event done = stream.next("done");
            while (!done.data().get("id").stringValue().equals(id)) {
                done = stream.next("done");
            }
            assertThat(done.data().get("images")).hasSize(1);
        }
    }

    @Test
    void anIdThatIsNoneOfOursIsSaidSo() throws Exception {
        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(server.base().resolve("/api/v1/events"))
                        .header("Last-Event-ID", "yesterday")
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(answer.body()).get("message").stringValue())
                .isEqualTo("Last-Event-ID: 'yesterday' is no id of an event of this service");
    }

    @Test
    void manyStreamsHearTheSameAndLeaveNothingBehind() throws Exception {
        List<Stream> streams = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Stream stream = new Stream(server, "");
            stream.next();
            streams.add(stream);
        }
        HttpResponse<String> refused = HTTP.send(
                HttpRequest.newBuilder(server.base().resolve("/api/v1/events")).build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();

        String id = order("");
        for (Stream stream : streams) {
            assertThat(stream.next("done").data().get("id").stringValue()).isEqualTo(id);
        }
        for (Stream stream : streams) {
            stream.close();
        }
        // Signs of life find the connections that are gone.
        server.awaitNoEventStreams();
    }

    @Test
    void anOrderCanBeSentAgainAsItWas() throws Exception {
        String first = order("");
        server.predictions().await(first, ApiKey.LOCAL.id(), ScriptedServer.PATIENCE);
        JsonNode picture = prediction(first).at("/images/0/url");
        JsonNode input = JSON.readTree("""
            {"model": "bytedance/seedream-v4.5/edit", "prompt": "image 1 by night", "images": ["%s"],
             "size": "16:9", "max_images": 2, "seed": 9, "steps": 7, "guidance_scale": 2.5, "strength": 0.75,
             "negative_prompt": "fog", "output_format": "webp", "enable_prompt_expansion": false, "watermark": true}
            """.formatted(picture.stringValue()));
        String id =
                post("/api/v1/model/generateImage", input.toString()).get("id").stringValue();
        JsonNode told = prediction(id).get("input");
        assertThat(told).isEqualTo(input);

        String again =
                post("/api/v1/model/generateImage", told.toString()).get("id").stringValue();
        assertThat(prediction(again).get("input")).isEqualTo(input);
        for (String each : List.of(id, again)) {
            server.predictions().await(each, ApiKey.LOCAL.id(), ScriptedServer.PATIENCE);
        }
    }

    @Test
    void aMaskComesBackWithItsOrder() throws Exception {
        String first = order("");
        server.predictions().await(first, ApiKey.LOCAL.id(), ScriptedServer.PATIENCE);
        String picture = prediction(first).at("/images/0/url").stringValue();
        JsonNode input = JSON.readTree("""
            {"model": "seedling-1", "prompt": "image 1 with a blue door", "images": ["%s"], "mask": "%s",
             "strength": 0.5, "seed": 4, "output_format": "png"}
            """.formatted(picture, picture));
        String id =
                post("/api/v1/model/generateImage", input.toString()).get("id").stringValue();
        server.predictions().await(id, ApiKey.LOCAL.id(), ScriptedServer.PATIENCE);

        assertThat(prediction(id).get("input")).isEqualTo(input);
    }

    @Test
    void referencesSentInlineComeBackAsUrls() throws Exception {
        String pixel = "data:image/png;base64,"
                + "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
        String id = order(", \"images\": [\"" + pixel + "\"]");
        server.predictions().await(id, ApiKey.LOCAL.id(), ScriptedServer.PATIENCE);

        String url = prediction(id).at("/input/images/0").stringValue();
        assertThat(url).startsWith(server.base() + "/uploads/").endsWith(".png");
        assertThat(HTTP.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(200);
    }

    private static JsonNode prediction(String id) throws IOException, InterruptedException {
        return JSON.readTree(HTTP.send(
                                HttpRequest.newBuilder(server.base().resolve("/api/v1/model/prediction/" + id))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .body())
                .get("data");
    }

    @Test
    void aServiceThatStopsEndsItsStreams(@TempDir Path folder) throws Exception {
        ScriptedServer stopping = ScriptedServer.start(TestDatabase.H2.migrated(), folder);
        try (Stream stream = new Stream(stopping, "")) {
            stream.next();
            Thread stop = Thread.ofPlatform().start(stopping::close);
            Event event = stream.next();
            while (event != null) {
                event = stream.next();
            }
            stop.join();
        }
    }
}
