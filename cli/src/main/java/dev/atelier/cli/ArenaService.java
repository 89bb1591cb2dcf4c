package dev.atelier.cli;

import dev.atelier.cli.Failures.UsageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A running service's arena over HTTP. */
final class ArenaService {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Option(names = "--url", paramLabel = "URL", description = "A running service, such as http://localhost:8080.")
    private URI url;

    @Option(names = "--key", paramLabel = "KEY", description = "Its key (default: none).")
    private String key = "";

    boolean isGiven() {
        return url != null;
    }

    /** What is under {@code data} of the answer. */
    JsonNode get(String path) {
        return data(send("GET", path, ""));
    }

    JsonNode post(String path, ObjectNode body) {
        return data(send("POST", path, body.toString()));
    }

    JsonNode delete(String path) {
        return data(send("DELETE", path, ""));
    }

    /** An answer that is no JSON object, such as lines. */
    String text(String path) {
        return new String(send("GET", path, ""), StandardCharsets.UTF_8);
    }

    /** A file at a URL of an answer. */
    byte[] file(String address) {
        return send("GET", URI.create(address).getRawPath(), "");
    }

    static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static JsonNode data(byte[] answer) {
        return JsonMapper.shared().readTree(answer).path("data");
    }

    private byte[] send(String method, String path, String body) {
        if (url == null || url.getHost() == null) {
            throw new UsageException("--url: a service such as http://localhost:8080 is needed");
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(url.toString().replaceFirst("/+$", "") + path))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (!key.isEmpty()) {
            request.header("Authorization", "Bearer " + key);
        }
        try (HttpClient http = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build()) {
            HttpResponse<byte[]> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) {
                throw new IllegalArgumentException(
                        method + " " + path + ": " + answer.statusCode() + ", " + message(answer.body()));
            }
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static String message(byte[] body) {
        try {
            return JsonMapper.shared().readTree(body).path("message").asString("no reason given");
        } catch (JacksonException e) {
            return "an answer that is no JSON";
        }
    }
}
