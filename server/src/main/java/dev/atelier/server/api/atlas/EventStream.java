package dev.atelier.server.api.atlas;

import dev.atelier.server.access.ApiKey;
import dev.atelier.server.prediction.Prediction;
import dev.atelier.server.prediction.PredictionEvent;
import dev.atelier.server.prediction.PredictionOutput;
import dev.atelier.server.prediction.PredictionService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** A prediction's events as server-sent events: {@code progress}, {@code output}, {@code done}. */
@Component
class EventStream {
    private static final Duration LONGEST = Duration.ofHours(2);

    private final PredictionService predictions;
    private final AtlasJson atlas;

    EventStream(PredictionService predictions, AtlasJson atlas) {
        this.predictions = predictions;
        this.atlas = atlas;
    }

    SseEmitter open(String id, ApiKey key, URI base) {
        Prediction prediction = predictions.get(id, key);
        SseEmitter emitter = new SseEmitter(LONGEST.toMillis());
        PredictionService.Subscription subscription = predictions.watch(id, key, new Sender(emitter, prediction, base));
        emitter.onCompletion(subscription::close);
        emitter.onTimeout(subscription::close);
        emitter.onError(_ -> subscription.close());
        return emitter;
    }

    private final class Sender implements Consumer<PredictionEvent> {
        private final SseEmitter emitter;
        private final Prediction prediction;
        private final URI base;
        private PredictionEvent.Progress last = new PredictionEvent.Progress(0, 1, 0, 0, 0, -1);

        Sender(SseEmitter emitter, Prediction prediction, URI base) {
            this.emitter = emitter;
            this.prediction = prediction;
            this.base = base;
        }

        @Override
        public void accept(PredictionEvent event) {
            switch (event) {
                case PredictionEvent.Progress step -> {
                    last = step;
                    send("progress", progress(step));
                }
                case PredictionEvent.Preview preview -> {
                    Map<String, Object> body = progress(last);
                    body.put("image", preview.image());
                    body.put(
                            "preview",
                            "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(preview.jpeg()));
                    send("progress", body);
                }
                case PredictionEvent.OutputReady(PredictionOutput output) ->
                    send("output", atlas.image(prediction, output, base));
                case PredictionEvent.Done(Prediction ended) -> {
                    send("done", atlas.prediction(ended, base));
                    emitter.complete();
                }
            }
        }

        private static Map<String, Object> progress(PredictionEvent.Progress step) {
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("image", step.image());
            body.put("images", step.images());
            body.put("step", step.step());
            body.put("steps", step.steps());
            body.put("progress", step.progress());
            body.put("seconds_left", step.secondsLeft() < 0 ? null : Math.round(step.secondsLeft() * 10) / 10.0);
            return body;
        }

        private void send(String name, Object body) {
            try {
                emitter.send(SseEmitter.event().name(name).data(body));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
