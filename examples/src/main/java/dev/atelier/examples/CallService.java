package dev.atelier.examples;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Draws with a running service: {@code CallService URL PROMPT FILE}. The key, where the service asks for one, is read from {@code
 * ATELIER_KEY}.
 */
public final class CallService {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient http = HttpClient.newHttpClient();
    private final String base;
    private final String key;

    private CallService(String base, String key) {
        this.base = base;
        this.key = key;
    }

    public static void main(String... args) throws IOException, InterruptedException {
        CallService service = new CallService(args[0], System.getenv().getOrDefault("ATELIER_KEY", ""));
        JsonNode prediction = service.finished(service.submit(args[1]));
        service.download(prediction.get("outputs").get(0).stringValue(), Path.of(args[2]));
    }

    /** What is accepted survives a crash of the service; the Idempotency-Key makes it safe to send again when the answer is lost. */
    private String submit(String prompt) throws IOException, InterruptedException {
        String body = JSON.writeValueAsString(Map.of("model", "bytedance/seedream-v4.5", "prompt", prompt));
        HttpRequest request = request("/api/v1/model/generateImage")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(BodyPublishers.ofString(body))
                .build();
        return data(request).get("id").stringValue();
    }

    private JsonNode finished(String id) throws IOException, InterruptedException {
        while (true) {
            JsonNode prediction =
                    data(request("/api/v1/model/prediction/" + id).GET().build());
            switch (prediction.get("status").stringValue()) {
                case "completed" -> {
                    return prediction;
                }
                case "failed" ->
                    throw new IOException("the picture was not made: "
                            + prediction.get("error").stringValue());
                default -> Thread.sleep(Duration.ofMillis(200));
            }
        }
    }

    private void download(String url, Path file) throws IOException, InterruptedException {
        http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofFile(file));
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path));
        return key.isEmpty() ? request : request.header("Authorization", "Bearer " + key);
    }

    private JsonNode data(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(answer.statusCode() + ": " + answer.body());
        }
        return JSON.readTree(answer.body()).get("data");
    }
}
