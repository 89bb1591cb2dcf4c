package dev.atelier.mcp.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.net.httpserver.HttpServer;
import dev.atelier.api.Answer;
import dev.atelier.api.PredictionView;
import dev.atelier.api.Progress;
import dev.atelier.mcp.DrawingException;
import dev.atelier.mcp.DrawingService;
import dev.atelier.mcp.FakeDrawing;
import dev.atelier.mcp.tool.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A running service over HTTP, whose answers are scripted. */
class HttpDrawingServiceTest {
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final Map<String, Integer> statuses = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private HttpDrawingService service;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().toString();
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            requests.add(exchange.getRequestMethod() + " " + path + " "
                    + exchange.getRequestHeaders().getFirst("Authorization") + " " + body);
            byte[] answer = answers.getOrDefault(path.split("\\?")[0], "{\"message\": \"nothing here\"}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Retry-After", "7");
            exchange.sendResponseHeaders(
                    statuses.getOrDefault(path, answers.containsKey(path.split("\\?")[0]) ? 200 : 404), answer.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(answer);
            }
        });
        server.start();
        service = new HttpDrawingService(
                URI.create("http://localhost:" + server.getAddress().getPort() + "/"), "atl_key");
    }

    @AfterEach
    void stop() {
        service.close();
        server.stop(0);
    }

    private static PredictionView prediction(String prompt) {
        return new FakeDrawing().submit(Json.object().put("model", "seedling-1").put("prompt", prompt));
    }

    @Test
    void ordersAndAnswersArePassedOnAsTheyAre() {
        PredictionView made = prediction("a fox");
        answers.put("/api/v1/model/generateImage", Json.MAPPER.writeValueAsString(Answer.of(made)));

        assertThat(service.submit(Json.object().put("prompt", "a fox"))).isEqualTo(made);
        assertThat(requests).containsExactly("POST /api/v1/model/generateImage Bearer atl_key {\"prompt\":\"a fox\"}");
    }

    @Test
    void whatIsRefusedKeepsItsStatusItsWordsAndItsTime() {
        assertThatExceptionOfType(DrawingException.class)
                .isThrownBy(() -> service.get("pred/1 ?"))
                .withMessage("nothing here (again in 7 s)")
                .satisfies(e -> assertThat(e.status()).isEqualTo(404));
        assertThat(requests.getFirst()).startsWith("GET /api/v1/model/prediction/pred%2F1%20%3F ");
    }

    @Test
    void whatIsNoAtelierAndWhatIsNotThereAreSaid() {
        answers.put("/public/v1/balance", "<html>");
        assertThatExceptionOfType(DrawingException.class)
                .isThrownBy(service::balance)
                .withMessageContaining("is no Atelier");
        server.stop(0);
        assertThatExceptionOfType(DrawingException.class)
                .isThrownBy(service::balance)
                .withMessageContaining("no service answers at http://localhost:")
                .satisfies(e -> assertThat(e.status()).isEqualTo(503));
    }

    private record Heard(List<Progress> progress, CountDownLatch end) implements DrawingService.Listener {
        Heard() {
            this(new ArrayList<>(), new CountDownLatch(1));
        }

        @Override
        public void progress(Progress step) {
            progress.add(step);
        }

        @Override
        public void ended() {
            end.countDown();
        }
    }

    @Test
    void eventsAreHeardUntilTheEnd() throws InterruptedException {
        answers.put("/api/v1/model/prediction/p/events", """
                event:progress
                data:{"phase":"drawing","image":0,"images":1,"step":2,"steps":8,"progress":0.25,"seconds_left":3.0}

                event:output
                data:{}

                event:done
                data:{"id":"p"}

                """);
        Heard heard = new Heard();

        try (DrawingService.Watching _ = service.watch("p", heard)) {
            assertThat(heard.end().await(60, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(heard.progress()).singleElement().satisfies(step -> {
            assertThat(step.phase()).isEqualTo(Progress.Phase.DRAWING);
            assertThat(step.steps()).isEqualTo(8);
        });
    }

    @Test
    void aBrokenStreamIsFollowedByAsking() throws InterruptedException {
        answers.put("/api/v1/model/prediction/p/events", "event:progress\ndata:{\"progress\":0.5}\n\n");
        answers.put("/api/v1/model/prediction/p", Json.MAPPER.writeValueAsString(Answer.of(prediction("a fox"))));
        Heard heard = new Heard();

        try (DrawingService.Watching _ = service.watch("p", heard)) {
            assertThat(heard.end().await(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void anUploadIsAFormWithTheFile() {
        answers.put(
                "/api/v1/model/uploadMedia",
                "{\"data\": {\"download_url\": \"u\", \"file_name\": \"f\", \"filename\": \"f\", \"content_type\": \"image/png\", \"type\": \"image/png\", \"size\": 3}}");

        assertThat(service.upload("my \"fox\"\r\n.png", new byte[] {'a', 'b', 'c'})
                        .downloadUrl())
                .isEqualTo("u");
        assertThat(requests.getFirst())
                .contains("Content-Disposition: form-data; name=\"file\"; filename=\"my _fox___.png\"")
                .contains("\r\n\r\nabc\r\n--atelier-");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "ftp://localhost", "file:///etc", "http:///x"})
    void otherAddressesAreRefused(String url) {
        assertThatIllegalArgumentException().isThrownBy(() -> new HttpDrawingService(URI.create(url), ""));
    }
}
