package dev.atelier.server.api.images;

import dev.atelier.server.access.ApiKey;
import dev.atelier.server.api.Surface;
import dev.atelier.server.error.ApiException;
import dev.atelier.server.prediction.Prediction;
import dev.atelier.server.prediction.PredictionEvent;
import dev.atelier.server.prediction.PredictionOutput;
import dev.atelier.server.prediction.PredictionService;
import dev.atelier.server.prediction.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * A prediction as a stream of events, {@code [DONE]} at the end. Both surfaces tell of unfinished pictures as {@code partial_image}.
 * OpenAI's clients get one {@code completed} for each picture, with the picture; Ark's get {@code partial_succeeded} for each, and one
 * {@code completed} with the usage. A picture that failed is {@code partial_failed}.
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
     * @param kind {@code image_generation} or {@code image_edit}
     * @param partialImages unfinished pictures sent at most for each picture
     */
    record Style(Surface surface, String kind, int partialImages) {
        boolean ark() {
            return surface == Surface.ARK;
        }

        /** Ark has no other kind. */
        String prefix() {
            return ark() ? "image_generation" : kind;
        }
    }

    SseEmitter open(Prediction prediction, ApiKey key, Style style, long timeoutMillis) {
        SseEmitter emitter = new SseEmitter(timeoutMillis);
        PredictionService.Subscription subscription =
                predictions.watch(prediction.id(), key.id(), new Sender(emitter, prediction, key, style));
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
        private final List<PredictionOutput> told = new ArrayList<>();
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
            event.put("size", "auto");
            event.put("output_format", "jpeg");
            event.put("quality", "auto");
            event.put("background", "opaque");
            send(event);
        }

        /** The last picture of a plan waits for the end, which follows it and knows the last warnings. */
        private void output(PredictionOutput output) {
            told.add(output);
            if (told.size() < prediction.order().plan().shots().size()) {
                tell(output, prediction);
            }
        }

        private void tell(PredictionOutput output, Prediction known) {
            if (!output.succeeded()) {
                Map<String, Object> event = event("partial_failed");
                event.put("image_index", output.index());
                // OpenAI's clients give the whole stream up at an event with an error in it.
                event.putAll(style.ark() ? images.entry(prediction, output) : ImagesJson.error(output.error()));
                send(event);
                return;
            }
            Map<String, Object> event = event(style.ark() ? "partial_succeeded" : "completed");
            event.put("image_index", output.index());
            event.putAll(images.entry(prediction, output));
            if (!style.ark()) {
                ImagesJson.putForm(event, output);
                event.put("quality", "auto");
                putEnd(event, known, ImagesJson.usage(known, List.of(output)));
            }
            send(event);
        }

        private void end(Prediction ended) {
            if (told.size() == prediction.order().plan().shots().size()) {
                tell(told.getLast(), ended);
            }
            if (ended.status() != Status.COMPLETED) {
                Map<String, Object> error = new LinkedHashMap<>();
                error.put("type", "error");
                error.put("error", ImagesJson.error(ended.state().failure()));
                send(error);
            } else if (style.ark()) {
                Map<String, Object> event = event("completed");
                putEnd(event, ended, ImagesJson.usage(ended));
                send(event);
            }
            send("", "[DONE]");
            emitter.complete();
        }

        private static void putEnd(Map<String, Object> event, Prediction known, Map<String, Object> usage) {
            event.put("usage", usage);
            event.put("served_by", known.order().servedBy());
            event.put("warnings", known.state().warnings().sentences());
            event.put("reasons", known.order().plan().reasons());
        }

        private Map<String, Object> event(String type) {
            Map<String, Object> event = new LinkedHashMap<>();
            event.put("type", style.prefix() + "." + type);
            event.put("model", prediction.order().request().model());
            event.put("created", prediction.times().createdAt().getEpochSecond());
            event.put("created_at", prediction.times().createdAt().getEpochSecond());
            return event;
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
                predictions.cancel(prediction.id(), key.id());
            } catch (ApiException _) {
                // It has ended meanwhile.
            }
        }
    }
}
