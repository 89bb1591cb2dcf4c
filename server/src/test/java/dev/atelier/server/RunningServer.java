package dev.atelier.server;

import dev.atelier.engine.image.Picture;
import dev.atelier.engine.image.codec.PictureLimits;
import dev.atelier.engine.image.codec.PictureReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The whole service on a port of its own, with the engine's small model, and a client as callers write one. As an extension of a test
 * class it runs, with data of its own, while the class does.
 */
public final class RunningServer implements AutoCloseable, BeforeAllCallback, AfterAllCallback {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final List<String> more;
    private final HttpClient http = HttpClient.newHttpClient();
    private Path ownData;
    private ConfigurableApplicationContext context;
    private URI base;
    private String authorization = "Bearer $ATLASCLOUD_API_KEY";

    private RunningServer(List<String> more) {
        this.more = more;
    }

    public static RunningServer start(Path data, String... more) {
        return new RunningServer(List.of(more)).open(data);
    }

    /** To be registered with a test class, which starts it. */
    public static RunningServer with(String... more) {
        return new RunningServer(List.of(more));
    }

    private RunningServer open(Path data) {
        List<String> args = new ArrayList<>(List.of(
                "--server.port=0",
                "--atelier.data=" + data,
                "--atelier.catalog=" + TestModel.catalog(data),
                "--atelier.worker.poll=50ms",
                "--atelier.worker.threads=1"));
        args.addAll(more);
        context = AtelierServer.start(args.toArray(String[]::new));
        base = URI.create("http://localhost:" + context.getEnvironment().getProperty("local.server.port"));
        return this;
    }

    @Override
    public void beforeAll(ExtensionContext test) throws IOException {
        ownData = Files.createTempDirectory("atelier-test");
        open(ownData);
    }

    @Override
    public void afterAll(ExtensionContext test) throws IOException {
        close();
        FileSystemUtils.deleteRecursively(ownData);
    }

    public ConfigurableApplicationContext context() {
        return context;
    }

    public URI base() {
        return base;
    }

    /** What the following requests send as their key. */
    public void useToken(String token) {
        authorization = "Bearer " + token;
    }

    public HttpResponse<String> send(String method, String path, String body) throws IOException, InterruptedException {
        return sendWith(method, path, body, "Content-Type", "application/json");
    }

    /** With one header more, or another content type. */
    public HttpResponse<String> sendWith(String method, String path, String body, String header, String value)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
                .header("Authorization", authorization)
                .header("Content-Type", "application/json")
                .setHeader(header, value)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    public JsonNode get(String path) throws IOException, InterruptedException {
        return JSON.readTree(send("GET", path, "").body());
    }

    public JsonNode post(String path, String body) throws IOException, InterruptedException {
        return JSON.readTree(send("POST", path, body).body());
    }

    /** Waits on the prediction's events until it has ended, then asks for it as a poller does. */
    public JsonNode poll(String id) throws IOException, InterruptedException {
        events(id);
        return get("/api/v1/model/prediction/" + id).get("data");
    }

    /** All server-sent events of a prediction, to its end. */
    public String events(String id) throws IOException, InterruptedException {
        return send("GET", "/api/v1/model/prediction/" + id + "/events", "").body();
    }

    /** The picture at a URL of an answer. */
    public Picture picture(String url) throws IOException, InterruptedException {
        HttpResponse<byte[]> file =
                http.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofByteArray());
        return PictureReader.read(file.body(), PictureLimits.DEFAULT);
    }

    @Override
    public void close() {
        http.close();
        context.close();
    }
}
