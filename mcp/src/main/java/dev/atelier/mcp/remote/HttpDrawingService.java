package dev.atelier.mcp.remote;

import dev.atelier.api.Estimate;
import dev.atelier.api.History;
import dev.atelier.api.ModelView;
import dev.atelier.api.PredictionView;
import dev.atelier.api.Upload;
import dev.atelier.api.usage.Balance;
import dev.atelier.api.usage.DailyUsage;
import dev.atelier.mcp.DrawingException;
import dev.atelier.mcp.DrawingService;
import dev.atelier.mcp.StartedService;
import dev.atelier.mcp.tool.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A service that runs elsewhere, over {@code /api/v1}. */
public final class HttpDrawingService implements DrawingService, StartedService {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String API = "/api/v1";
    private static final String PREDICTION = API + "/model/prediction/";

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(10))
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    private final String origin;
    private final String key;

    /**
     * @param service its origin, such as {@code http://localhost:8080}; a path is kept, a slash at its end is not
     * @param key sent with every request; empty: none
     * @throws IllegalArgumentException when it is no http or https URL
     */
    public HttpDrawingService(URI service, String key) {
        if (service.getHost() == null || !List.of("http", "https").contains(service.getScheme())) {
            throw new IllegalArgumentException("'" + service + "' is no URL such as http://localhost:8080");
        }
        this.origin = service.toString().replaceFirst("/+$", "");
        this.key = key;
    }

    @Override
    public List<ModelView> models() {
        List<ModelView> models = new ArrayList<>();
        read(API + "/models").get("data").forEach(entry -> models.add(Json.MAPPER.treeToValue(entry, ModelView.class)));
        return models;
    }

    @Override
    public ObjectNode fields(String model) {
        return (ObjectNode) read(API + "/models/schema?model=" + encoded(model)).at("/components/schemas/Input");
    }

    @Override
    public String card(String model) {
        byte[] page = bytes(request(API + "/models/readme?model=" + encoded(model))
                        .GET()
                        .build())
                .body();
        return new String(page, StandardCharsets.UTF_8);
    }

    @Override
    public PredictionView submit(ObjectNode order) {
        return Json.MAPPER.treeToValue(post(API + "/model/generateImage", order).get("data"), PredictionView.class);
    }

    @Override
    public Estimate estimate(ObjectNode order) {
        return Json.MAPPER.treeToValue(post(API + "/model/calculate", order).get("data"), Estimate.class);
    }

    @Override
    public PredictionView get(String id) {
        return prediction(read(PREDICTION + encoded(id)));
    }

    @Override
    public PredictionView cancel(String id) {
        return prediction(post(PREDICTION + encoded(id) + "/cancel", Json.object()));
    }

    private static PredictionView prediction(JsonNode answer) {
        return Json.MAPPER.treeToValue(answer.get("data"), PredictionView.class);
    }

    @Override
    public History.Page history(HistoryFilter filter) {
        String query = "?no=" + filter.page() + "&size=" + filter.limit() + "&sessionID=" + encoded(filter.id())
                + "&model=" + encoded(filter.model()) + "&status=" + encoded(filter.status());
        return Json.MAPPER.treeToValue(read(API + "/model/history" + query).get("data"), History.Page.class);
    }

    @Override
    public Watching watch(String id, Listener listener) {
        HttpRequest request = request(PREDICTION + encoded(id) + "/events")
                .header("Accept", "text/event-stream")
                .timeout(Duration.ofHours(2))
                .GET()
                .build();
        return EventReader.start(http, request, () -> get(id), listener);
    }

    @Override
    public Upload upload(String fileName, byte[] file) {
        String boundary = "atelier-" + UUID.randomUUID();
        String name = fileName.replaceAll("[\\p{Cntrl}\"\\\\]", "_");
        ByteArrayOutputStream body = new ByteArrayOutputStream(file.length + 500);
        body.writeBytes(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name
                        + "\"\r\nContent-Type: application/octet-stream\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(file);
        body.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        HttpRequest request = request(API + "/model/uploadMedia")
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(BodyPublishers.ofByteArray(body.toByteArray()))
                .build();
        return Json.MAPPER.treeToValue(json(bytes(request).body()).get("data"), Upload.class);
    }

    @Override
    public PictureFile picture(String name) {
        HttpResponse<byte[]> file =
                bytes(request("/outputs/" + encoded(name)).GET().build());
        return new PictureFile(
                file.headers().firstValue("Content-Type").orElse("application/octet-stream"), file.body());
    }

    @Override
    public Balance balance() {
        return Json.MAPPER.treeToValue(read("/public/v1/balance"), Balance.class);
    }

    @Override
    public DailyUsage usage(UsageFilter filter) {
        StringBuilder query = new StringBuilder();
        for (Map.Entry<String, List<String>> field : filter.query().entrySet()) {
            for (String value : field.getValue()) {
                query.append(query.isEmpty() ? '?' : '&')
                        .append(encoded(field.getKey()))
                        .append('=')
                        .append(encoded(value));
            }
        }
        String route = filter.costs() ? "/public/v1/model-costs" : "/public/v1/model-usage";
        return Json.MAPPER.treeToValue(read(route + query), DailyUsage.class);
    }

    @Override
    public Duration keepsPredictions() {
        return Duration.ZERO;
    }

    private JsonNode read(String path) {
        return json(bytes(request(path).GET().build()).body());
    }

    private JsonNode post(String path, ObjectNode body) {
        return json(bytes(request(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body.toString()))
                        .build())
                .body());
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(origin + path)).timeout(PATIENCE);
        return key.isEmpty() ? request : request.header("Authorization", "Bearer " + key);
    }

    private HttpResponse<byte[]> bytes(HttpRequest request) {
        try {
            HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
            if (answer.statusCode() / 100 != 2) {
                throw new DrawingException(answer.statusCode(), message(answer));
            }
            return answer;
        } catch (IOException e) {
            throw new DrawingException(503, "no service answers at " + origin);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DrawingException(503, "interrupted while " + origin + " was asked");
        }
    }

    private static String message(HttpResponse<byte[]> answer) {
        String words = "";
        try {
            words = Json.MAPPER.readTree(answer.body()).path("message").asString("");
        } catch (JacksonException e) {
            // Something before the service answered.
        }
        String retry = answer.headers()
                .firstValue("Retry-After")
                .map(seconds -> " (again in " + seconds + " s)")
                .orElse("");
        return (words.isEmpty() ? "the service answers with status " + answer.statusCode() : words) + retry;
    }

    private JsonNode json(byte[] body) {
        try {
            return Json.MAPPER.readTree(body);
        } catch (JacksonException e) {
            throw new DrawingException(503, "what answers at " + origin + " is no Atelier");
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public DrawingService service() {
        return this;
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
