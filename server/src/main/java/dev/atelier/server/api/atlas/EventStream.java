package dev.atelier.server.api.atlas;

import dev.atelier.server.access.ApiKey;
import dev.atelier.server.prediction.Place;
import dev.atelier.server.prediction.Prediction;
import dev.atelier.server.prediction.PredictionEvent;
import dev.atelier.server.prediction.PredictionOutput;
import dev.atelier.server.prediction.PredictionService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
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
        Prediction prediction = predictions.get(id, key.id());
        SseEmitter emitter = new SseEmitter(LONGEST.toMillis());
        PredictionService.Subscription subscription =
                predictions.watch(id, key.id(), new Sender(emitter, prediction, base));
        emitter.onCompletion(subscription::close);
        emitter.onTimeout(subscription::close);
        emitter.onError(_ -> subscription.close());
        return emitter;
    }

    private final class Sender implements Consumer<PredictionEvent> {
        private final SseEmitter emitter;
        private final Prediction prediction;
        private final URI base;
        private Map<String, Object> last = Map.of();

        Sender(SseEmitter emitter, Prediction prediction, URI base) {
            this.emitter = emitter;
            this.prediction = prediction;
            this.base = base;
        }

        @Override
        public void accept(PredictionEvent event) {
            switch (event) {
                case PredictionEvent.Waiting(Place place) -> send("progress", EventJson.waiting(place));
                case PredictionEvent.Progress step -> {
                    last = EventJson.progress(step);
                    send("progress", last);
                }
                case PredictionEvent.Preview preview -> send("progress", EventJson.preview(last, preview));
                case PredictionEvent.OutputReady(PredictionOutput output) ->
                    send("output", atlas.image(prediction, output, base));
                case PredictionEvent.Done(Prediction ended) -> {
                    send("done", atlas.prediction(ended, base));
                    emitter.complete();
                }
            }
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
