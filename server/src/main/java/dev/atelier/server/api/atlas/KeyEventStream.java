package dev.atelier.server.api.atlas;

import dev.atelier.server.access.ApiKey;
import dev.atelier.server.prediction.KeyEvent;
import dev.atelier.server.prediction.Place;
import dev.atelier.server.prediction.Prediction;
import dev.atelier.server.prediction.PredictionEvent;
import dev.atelier.server.prediction.PredictionOutput;
import dev.atelier.server.prediction.PredictionService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * All predictions of a key as one stream of server-sent events: {@code submitted}, {@code progress}, {@code output}, {@code done},
 * {@code deleted}, {@code gap}. The id of an event is a position to resume from: microseconds since 1970.
 */
@Component
class KeyEventStream {
    private static final Duration LONGEST = Duration.ofHours(2);
    private static final long RECONNECT_MILLIS = 2000;

    private final PredictionService predictions;
    private final AtlasJson atlas;

    KeyEventStream(PredictionService predictions, AtlasJson atlas) {
        this.predictions = predictions;
        this.atlas = atlas;
    }

    /** @param since null: only from now on */
    SseEmitter open(ApiKey key, Instant since, URI base) {
        SseEmitter emitter = new SseEmitter(LONGEST.toMillis());
        PredictionService.Subscription subscription = predictions.follow(key.id(), since, new Sender(emitter, base));
        emitter.onCompletion(subscription::close);
        emitter.onTimeout(() -> {
            subscription.close();
            emitter.complete();
        });
        emitter.onError(_ -> subscription.close());
        return emitter;
    }

    private final class Sender implements Consumer<KeyEvent> {
        private final SseEmitter emitter;
        private final URI base;
        private final Map<String, Map<String, Object>> lastProgress = new HashMap<>();
        private Instant position = Instant.EPOCH;

        Sender(SseEmitter emitter, URI base) {
            this.emitter = emitter;
            this.base = base;
        }

        @Override
        public void accept(KeyEvent event) {
            switch (event) {
                case KeyEvent.Accepted(Prediction accepted) -> {
                    reached(accepted.times().createdAt());
                    send(named("submitted").data(atlas.owned(accepted, base)));
                }
                case KeyEvent.Of(Prediction prediction, PredictionEvent what) -> tell(prediction, what);
                case KeyEvent.Deleted(String id) -> send(named("deleted").data(Map.of("id", id)));
                case KeyEvent.Gap _ -> send(named("gap").data(Map.of("message", "more has ended; read the list")));
                case KeyEvent.Quiet(Instant at) -> {
                    reached(at);
                    send(SseEmitter.event()
                            .id(id())
                            .reconnectTime(RECONNECT_MILLIS)
                            .comment("nothing new"));
                }
                case KeyEvent.Closing _ -> emitter.complete();
            }
        }

        private void tell(Prediction prediction, PredictionEvent event) {
            switch (event) {
                case PredictionEvent.Waiting(Place place) ->
                    send(named("progress").data(of(prediction, EventJson.waiting(place))));
                case PredictionEvent.Progress step -> {
                    Map<String, Object> progress = EventJson.progress(step);
                    lastProgress.put(prediction.id(), progress);
                    send(named("progress").data(of(prediction, progress)));
                }
                case PredictionEvent.Preview preview -> {
                    Map<String, Object> last = lastProgress.getOrDefault(prediction.id(), Map.of());
                    send(named("progress").data(of(prediction, EventJson.preview(last, preview))));
                }
                case PredictionEvent.OutputReady(PredictionOutput output) ->
                    send(named("output").data(of(prediction, atlas.image(prediction, output, base))));
                case PredictionEvent.Done(Prediction ended) -> {
                    lastProgress.remove(ended.id());
                    reached(ended.times().completedAt());
                    send(named("done").data(atlas.owned(ended, base)));
                }
            }
        }

        private static Map<String, Object> of(Prediction prediction, Map<String, Object> what) {
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("id", prediction.id());
            body.putAll(what);
            return body;
        }

        private void reached(Instant at) {
            position = at.isAfter(position) ? at : position;
        }

        private String id() {
            return String.valueOf(EventPosition.of(position));
        }

        private SseEmitter.SseEventBuilder named(String name) {
            return position.equals(Instant.EPOCH)
                    ? SseEmitter.event().name(name)
                    : SseEmitter.event().id(id()).name(name);
        }

        private void send(SseEmitter.SseEventBuilder event) {
            try {
                emitter.send(event);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
