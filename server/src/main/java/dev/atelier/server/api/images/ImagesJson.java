package dev.atelier.server.api.images;

import dev.atelier.server.error.ApiException;
import dev.atelier.server.error.Outages.StorageException;
import dev.atelier.server.media.MediaStore;
import dev.atelier.server.media.StoredMedia;
import dev.atelier.server.prediction.Failure;
import dev.atelier.server.prediction.Prediction;
import dev.atelier.server.prediction.PredictionOutput;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Predictions as the Images surface writes them. */
@Component
class ImagesJson {
    /** Pixels that are counted as one token. */
    private static final long PIXELS_PER_TOKEN = 256;

    private final MediaStore media;

    ImagesJson(MediaStore media) {
        this.media = media;
    }

    /** The answer to a request whose prediction has completed: Ark's fields, and those that OpenAI's clients read beside them. */
    Map<String, Object> answer(Prediction prediction) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("model", prediction.order().request().model());
        body.put("served_by", prediction.order().servedBy());
        body.put("created", prediction.times().completedAt().getEpochSecond());
        prediction.outputs().stream()
                .filter(PredictionOutput::succeeded)
                .findFirst()
                .ifPresent(first -> putForm(body, first));
        body.put(
                "data",
                prediction.outputs().stream()
                        .map(output -> entry(prediction, output))
                        .toList());
        body.put("usage", usage(prediction));
        body.put("warnings", prediction.state().warnings().sentences());
        body.put("reasons", prediction.order().plan().reasons());
        return body;
    }

    /** A picture as a link or as base64, or why there is none. */
    Map<String, Object> entry(Prediction prediction, PredictionOutput output) {
        Map<String, Object> entry = new LinkedHashMap<>();
        if (!output.succeeded()) {
            entry.put("error", error(output.error()));
            return entry;
        }
        Prediction.Delivery delivery = prediction.order().delivery();
        if (delivery.base64()) {
            entry.put("b64_json", base64(output));
        } else {
            entry.put(
                    "url",
                    media.url(output.media(), StoredMedia.Kind.OUTPUT, delivery.base())
                            .toString());
        }
        entry.put("size", output.width() + "x" + output.height());
        entry.put("revised_prompt", output.recipe().prompt());
        return entry;
    }

    /** What the pictures of an answer are like. */
    static void putForm(Map<String, Object> body, PredictionOutput picture) {
        body.put("size", picture.width() + "x" + picture.height());
        body.put("output_format", picture.contentType().replace("image/", ""));
        body.put("background", "opaque");
    }

    static Map<String, Object> usage(Prediction prediction) {
        return usage(prediction, prediction.outputs());
    }

    /** Only pictures are counted: what a prompt costs here does not depend on its length. */
    static Map<String, Object> usage(Prediction prediction, List<PredictionOutput> outputs) {
        List<PredictionOutput> made =
                outputs.stream().filter(PredictionOutput::succeeded).toList();
        long tokens = made.stream()
                .mapToLong(output -> (long) output.width() * output.height() / PIXELS_PER_TOKEN)
                .sum();
        Map<String, Object> usage = new LinkedHashMap<>();
        usage.put("generated_images", made.size());
        usage.put(
                "input_images",
                prediction.order().request().references().images().size());
        usage.put("input_tokens", 0);
        usage.put("input_tokens_details", Map.of("image_tokens", 0, "text_tokens", 0));
        usage.put("output_tokens", tokens);
        usage.put("output_tokens_details", Map.of("image_tokens", tokens, "text_tokens", 0));
        usage.put("total_tokens", tokens);
        return usage;
    }

    /** Of a whole request, with the field at fault and whose fault it is. */
    static Map<String, Object> error(Failure failure) {
        Map<String, Object> error = error(failure.message());
        boolean callers = failure.reason() == Failure.Reason.REFERENCE || failure.reason() == Failure.Reason.REQUEST;
        error.put("param", failure.field().isEmpty() ? null : failure.field());
        error.put("type", callers ? "invalid_request_error" : "server_error");
        return error;
    }

    static Map<String, Object> error(String message) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("code", "generation_failed");
        error.put("message", message);
        return error;
    }

    String base64(PredictionOutput output) {
        StoredMedia file = media.find(output.media())
                .orElseThrow(() -> ApiException.notFound("picture " + output.index() + " has expired"));
        try (InputStream in = media.open(file)) {
            return Base64.getEncoder().encodeToString(in.readAllBytes());
        } catch (IOException e) {
            throw new StorageException(e);
        }
    }
}
