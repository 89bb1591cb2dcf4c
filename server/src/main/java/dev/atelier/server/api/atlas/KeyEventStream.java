package dev.atelier.server.api.atlas;

import dev.atelier.api.KeyEvents;
import dev.atelier.api.Progress;
import dev.atelier.server.access.ApiKey;
import dev.atelier.server.api.SseStream;
import dev.atelier.server.prediction.KeyEvent;
import dev.atelier.server.prediction.Place;
import dev.atelier.server.prediction.Prediction;
import dev.atelier.server.prediction.PredictionEvent;
import dev.atelier.server.prediction.PredictionOutput;
import dev.atelier.server.prediction.PredictionService;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.http.MediaType;
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
        return SseStream.<KeyEvent>open(
                LONGEST, stream -> new Sender(stream, base), sender -> predictions.follow(key.id(), since, sender));
    }

    private final class Sender implements Consumer<KeyEvent> {
        private final SseStream stream;
        private final URI base;
        private final Map<String, Progress> lastProgress = new HashMap<>();
        private Instant position = Instant.EPOCH;

        Sender(SseStream stream, URI base) {
            this.stream = stream;
            this.base = base;
        }

        @Override
        public void accept(KeyEvent event) {
            switch (event) {
                case KeyEvent.Accepted(Prediction accepted) -> {
                    reached(accepted.times().createdAt());
                    send("submitted", atlas.owned(accepted, base));
                }
                case KeyEvent.Of(Prediction prediction, PredictionEvent what) -> tell(prediction, what);
                case KeyEvent.Deleted(String id) -> send("deleted", new KeyEvents.Deleted(id));
                case KeyEvent.Gap _ -> send("gap", new KeyEvents.Gap("more has ended; read the list"));
                case KeyEvent.Quiet(Instant at) -> {
                    reached(at);
                    stream.send(SseEmitter.event()
                            .id(id())
                            .reconnectTime(RECONNECT_MILLIS)
                            .comment("nothing new"));
                }
                case KeyEvent.Closing _ -> stream.end();
            }
        }

        private void tell(Prediction prediction, PredictionEvent event) {
            switch (event) {
                case PredictionEvent.Waiting(Place place) ->
                    send("progress", EventJson.waiting(place).of(prediction.id()));
                case PredictionEvent.Progress step -> {
                    Progress progress = EventJson.progress(step).of(prediction.id());
                    lastProgress.put(prediction.id(), progress);
                    send("progress", progress);
                }
                case PredictionEvent.Preview preview -> {
                    Progress last = lastProgress.getOrDefault(prediction.id(), Progress.UNKNOWN.of(prediction.id()));
                    send("progress", EventJson.preview(last, preview));
                }
                case PredictionEvent.OutputReady(PredictionOutput output) ->
                    send("output", atlas.image(prediction, output, base).of(prediction.id()));
                case PredictionEvent.Done(Prediction ended) -> {
                    lastProgress.remove(ended.id());
                    reached(ended.times().completedAt());
                    send("done", atlas.owned(ended, base));
                }
            }
        }

        private void reached(Instant at) {
            position = at.isAfter(position) ? at : position;
        }

        private String id() {
            return String.valueOf(EventPosition.of(position));
        }

        private void send(String name, Object body) {
            SseEmitter.SseEventBuilder event = SseEmitter.event().name(name).data(body, MediaType.APPLICATION_JSON);
            stream.send(position.equals(Instant.EPOCH) ? event : event.id(id()));
        }
    }
}
