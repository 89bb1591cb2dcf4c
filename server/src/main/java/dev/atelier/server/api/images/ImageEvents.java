package dev.atelier.server.api.images;

import dev.atelier.server.access.ApiKey;
import dev.atelier.server.error.ApiException;
import dev.atelier.server.prediction.Prediction;
import dev.atelier.server.prediction.PredictionEvent;
import dev.atelier.server.prediction.PredictionOutput;
import dev.atelier.server.prediction.PredictionService;
import dev.atelier.server.prediction.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * A prediction as a stream of events: {@code partial_image} (an unfinished picture), {@code partial_succeeded} or {@code
 * partial_failed} for each picture, {@code completed}, and {@code [DONE]}.
 */
@Component
class ImageEvents {
    private final PredictionService predictions;
    private final ImagesJson images;

    ImageEvents(PredictionService predictions, ImagesJson images) {
        this.predictions = predictions;
        this.images = images;
    }

    /**
     * How the events are written.
     *
     * @param prefix {@code image_generation} or {@code image_edit}
     * @param partialImages unfinished pictures sent at most for each picture
     */
    record Style(String prefix, int partialImages) {}

    SseEmitter open(Prediction prediction, ApiKey key, Style style, long timeoutMillis) {
        SseEmitter emitter = new SseEmitter(timeoutMillis);
        PredictionService.Subscription subscription =
                predictions.watch(prediction.id(), key, new Sender(emitter, prediction, key, style));
        emitter.onCompletion(subscription::close);
        emitter.onTimeout(subscription::close);
        emitter.onError(_ -> subscription.close());
        return emitter;
    }

    private final class Sender implements Consumer<PredictionEvent> {
        private final SseEmitter emitter;
        private final Prediction prediction;
        private final ApiKey key;
        private final Style style;
        private int previewed = -1;
        private int previews;
        private double fraction;

        Sender(SseEmitter emitter, Prediction prediction, ApiKey key, Style style) {
            this.emitter = emitter;
            this.prediction = prediction;
            this.key = key;
            this.style = style;
        }

        @Override
        public void accept(PredictionEvent event) {
            switch (event) {
                case PredictionEvent.Progress step ->
                    fraction = step.steps() == 0 ? 0 : (double) step.step() / step.steps();
                case PredictionEvent.Waiting _ -> {}
                case PredictionEvent.Preview preview -> preview(preview);
                case PredictionEvent.OutputReady(PredictionOutput output) -> output(output);
                case PredictionEvent.Done(Prediction ended) -> end(ended);
            }
        }

        /** Of the many previews, those are sent that come first after equal parts of the way. */
        private void preview(PredictionEvent.Preview preview) {
            if (preview.image() != previewed) {
                previewed = preview.image();
                previews = 0;
            }
            if (previews >= style.partialImages() || fraction * (style.partialImages() + 1) < previews + 1) {
                return;
            }
            Map<String, Object> event = event("partial_image");
            event.put("image_index", preview.image());
            event.put("partial_image_index", previews++);
            event.put("b64_json", Base64.getEncoder().encodeToString(preview.jpeg()));
            putForm(event, "auto", "jpeg");
            send(event);
        }

        private void output(PredictionOutput output) {
            Map<String, Object> event = event(output.succeeded() ? "partial_succeeded" : "partial_failed");
            event.put("image_index", output.index());
            event.putAll(images.entry(prediction, output));
            send(event);
        }

        private void end(Prediction ended) {
            if (ended.status() == Status.COMPLETED) {
                send(completed(ended));
            } else {
                send("error", Map.of("error", ImagesJson.error(ended.state().error())));
            }
            send("", "[DONE]");
            emitter.complete();
        }

        /** OpenAI's clients look for the last picture here, Ark's for the usage only. */
        private Map<String, Object> completed(Prediction ended) {
            Map<String, Object> event = event("completed");
            PredictionOutput last = ended.outputs().stream()
                    .filter(PredictionOutput::succeeded)
                    .reduce((_, later) -> later)
                    .orElseThrow();
            event.put("b64_json", images.base64(last));
            putForm(
                    event,
                    last.width() + "x" + last.height(),
                    last.contentType().replace("image/", ""));
            event.put("usage", ImagesJson.usage(ended));
            event.put("served_by", ended.order().servedBy());
            event.put("warnings", ended.state().warnings().sentences());
            return event;
        }

        private Map<String, Object> event(String type) {
            Map<String, Object> event = new LinkedHashMap<>();
            event.put("type", style.prefix() + "." + type);
            event.put("model", prediction.order().request().model());
            event.put("created", prediction.times().createdAt().getEpochSecond());
            event.put("created_at", prediction.times().createdAt().getEpochSecond());
            return event;
        }

        private static void putForm(Map<String, Object> event, String size, String format) {
            event.put("size", size);
            event.put("output_format", format);
            event.put("quality", "auto");
            event.put("background", "opaque");
        }

        private void send(Map<String, Object> event) {
            send(event.get("type").toString(), event);
        }

        private void send(String name, Object data) {
            SseEmitter.SseEventBuilder event = SseEmitter.event();
            if (!name.isEmpty()) {
                event.name(name);
            }
            try {
                emitter.send(
                        data instanceof String text ? event.data(text) : event.data(data, MediaType.APPLICATION_JSON));
            } catch (IOException | IllegalStateException e) {
                cancel();
                throw new UncheckedIOException(new IOException("the client went away", e));
            }
        }

        /** Nobody can fetch the pictures of a stream that broke: the engine is free for others. */
        private void cancel() {
            try {
                predictions.cancel(prediction.id(), key);
            } catch (ApiException _) {
                // It has ended meanwhile.
            }
        }
    }
}
