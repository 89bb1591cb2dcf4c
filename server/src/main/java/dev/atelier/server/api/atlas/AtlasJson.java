package dev.atelier.server.api.atlas;

import dev.atelier.server.error.Outages.StorageException;
import dev.atelier.server.media.MediaStore;
import dev.atelier.server.media.StoredMedia;
import dev.atelier.server.prediction.Prediction;
import dev.atelier.server.prediction.PredictionOutput;
import dev.atelier.server.prediction.Status;
import dev.atelier.server.webhook.PredictionDocument;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Predictions as the Atlas surface writes them. */
@Component
class AtlasJson implements PredictionDocument {
    private final MediaStore media;
    private final InputJson input;

    AtlasJson(MediaStore media, InputJson input) {
        this.media = media;
        this.input = input;
    }

    /** 200 with {@code body} as JSON, whatever the request's Accept says: clients of this surface read nothing else. */
    static ResponseEntity<Object> ok(Object body) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(body);
    }

    /** The answer with {@code data}. */
    static Map<String, Object> envelope(Object data) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("code", 200);
        body.put("message", "success");
        body.put("data", data);
        return body;
    }

    /** The answer to a submission: clients read {@code id} at the top or in {@code data}. */
    Map<String, Object> submitted(Prediction prediction, URI base) {
        Map<String, Object> data = owned(prediction, base);
        data.put("urls", links(prediction.id(), base));
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("code", 200);
        body.put("message", "success");
        for (String field : List.of("id", "status", "model", "served_by", "created_at", "warnings")) {
            body.put(field, data.get(field));
        }
        body.put("data", data);
        return body;
    }

    /** A prediction whose outputs are URLs, also when its caller polls for data URIs: a webhook stays small. */
    @Override
    public Map<String, Object> of(Prediction prediction) {
        URI base = prediction.order().delivery().base();
        Map<String, Object> data = prediction(prediction, base);
        data.put("outputs", urls(prediction, base));
        return data;
    }

    /** A prediction with its outputs and what was ordered, for its owner. */
    Map<String, Object> owned(Prediction prediction, URI base) {
        Map<String, Object> data = prediction(prediction, base);
        data.put("input", input.of(prediction, base));
        return data;
    }

    /** A prediction with its outputs. */
    Map<String, Object> prediction(Prediction prediction, URI base) {
        Prediction.Times times = prediction.times();
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("id", prediction.id());
        data.put("model", prediction.order().request().model());
        data.put("served_by", prediction.order().servedBy());
        data.put("status", status(prediction.status()));
        data.put("state", prediction.status().label());
        data.put("outputs", outputs(prediction, base));
        data.put(
                "images",
                prediction.outputs().stream()
                        .map(o -> image(prediction, o, base))
                        .toList());
        data.put("error", prediction.state().error());
        if (!prediction.state().error().isEmpty()) {
            data.put("error_code", prediction.state().failure().reason().label());
        }
        data.put("metrics", metrics(times));
        data.put("progress", prediction.state().progress());
        data.put("seed", prediction.seed());
        data.put("revised_prompt", prediction.order().plan().revisedPrompt());
        data.put("warnings", prediction.state().warnings().sentences());
        data.put("reasons", prediction.order().plan().reasons());
        data.put("created_at", times.createdAt().toString());
        data.put("started_at", text(times.startedAt()));
        data.put("completed_at", text(times.completedAt()));
        return data;
    }

    /** The request as it was accepted, in the names of this surface. */
    Map<String, Object> requestBody(Prediction prediction, URI base) {
        return input.of(prediction, base);
    }

    /** One output, as an event tells it. */
    Map<String, Object> image(Prediction prediction, PredictionOutput output, URI base) {
        Map<String, Object> image = new LinkedHashMap<>();
        image.put("index", output.index());
        image.put("seed", output.recipe().seed());
        image.put("prompt", output.recipe().prompt());
        if (output.succeeded()) {
            image.put("url", url(output, base));
            image.put("width", output.width());
            image.put("height", output.height());
            image.put("steps", output.recipe().steps());
            image.put("guidance_scale", output.recipe().guidanceScale());
            image.put("seconds", output.recipe().seconds());
        } else {
            image.put("error", output.error());
        }
        return image;
    }

    /** Shipped clients poll on at any word they do not know, so a cancelled prediction is a failed one to them. */
    private static String status(Status status) {
        return status == Status.CANCELED ? Status.FAILED.label() : status.label();
    }

    private List<String> outputs(Prediction prediction, URI base) {
        return prediction.order().delivery().base64()
                ? prediction.outputs().stream()
                        .filter(PredictionOutput::succeeded)
                        .map(this::dataUri)
                        .toList()
                : urls(prediction, base);
    }

    private List<String> urls(Prediction prediction, URI base) {
        return prediction.outputs().stream()
                .filter(PredictionOutput::succeeded)
                .map(output -> url(output, base))
                .toList();
    }

    private String url(PredictionOutput output, URI base) {
        return media.url(output.media(), StoredMedia.Kind.OUTPUT, base).toString();
    }

    /** Empty once the file has expired. */
    private String dataUri(PredictionOutput output) {
        return media.find(output.media())
                .map(stored -> {
                    try (InputStream in = media.open(stored)) {
                        return "data:" + output.contentType() + ";base64,"
                                + Base64.getEncoder().encodeToString(in.readAllBytes());
                    } catch (IOException e) {
                        throw new StorageException(e);
                    }
                })
                .orElse("");
    }

    private static Map<String, Object> metrics(Prediction.Times times) {
        Map<String, Object> metrics = new LinkedHashMap<>();
        if (times.startedAt() != null) {
            metrics.put("queue_time", seconds(times.createdAt(), times.startedAt()));
        }
        if (times.startedAt() != null && times.completedAt() != null) {
            metrics.put("predict_time", seconds(times.startedAt(), times.completedAt()));
        }
        return metrics;
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1000.0;
    }

    private static Map<String, Object> links(String id, URI base) {
        String get = base + "/api/v1/model/prediction/" + id;
        Map<String, Object> links = new LinkedHashMap<>();
        links.put("get", get);
        links.put("cancel", get + "/cancel");
        links.put("events", get + "/events");
        return links;
    }

    private static String text(Instant instant) {
        return instant == null ? "" : instant.toString();
    }
}
