package dev.atelier.server.api.images;

import dev.atelier.server.error.ApiException;
import dev.atelier.server.media.MediaStore;
import dev.atelier.server.media.StoredMedia;
import dev.atelier.server.prediction.Prediction;
import dev.atelier.server.prediction.PredictionOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.LinkedHashMap;
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

    /** The answer to a request whose prediction has completed. */
    Map<String, Object> answer(Prediction prediction) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("model", prediction.order().request().model());
        body.put("served_by", prediction.order().servedBy());
        body.put("created", prediction.times().completedAt().getEpochSecond());
        body.put(
                "data",
                prediction.outputs().stream()
                        .map(output -> entry(prediction, output))
                        .toList());
        body.put("usage", usage(prediction));
        body.put("warnings", prediction.state().warnings().sentences());
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

    /** Only pictures are counted: what a prompt costs here does not depend on its length. */
    static Map<String, Object> usage(Prediction prediction) {
        long images = prediction.outputs().stream()
                .filter(PredictionOutput::succeeded)
                .count();
        long tokens = prediction.outputs().stream()
                .filter(PredictionOutput::succeeded)
                .mapToLong(output -> (long) output.width() * output.height() / PIXELS_PER_TOKEN)
                .sum();
        Map<String, Object> usage = new LinkedHashMap<>();
        usage.put("generated_images", images);
        usage.put("input_tokens", 0);
        usage.put("input_tokens_details", Map.of("image_tokens", 0, "text_tokens", 0));
        usage.put("output_tokens", tokens);
        usage.put("total_tokens", tokens);
        return usage;
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
            throw new UncheckedIOException("picture " + output.index() + " cannot be read", e);
        }
    }
}
