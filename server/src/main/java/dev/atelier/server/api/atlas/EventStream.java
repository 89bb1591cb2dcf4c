package dev.atelier.server.api.atlas;

import dev.atelier.api.Progress;
import dev.atelier.server.access.ApiKey;
import dev.atelier.server.api.SseStream;
import dev.atelier.server.prediction.Place;
import dev.atelier.server.prediction.Prediction;
import dev.atelier.server.prediction.PredictionEvent;
import dev.atelier.server.prediction.PredictionOutput;
import dev.atelier.server.prediction.PredictionService;
import java.net.URI;
import java.time.Duration;
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
        return SseStream.<PredictionEvent>open(
                LONGEST,
                stream -> new Sender(stream, prediction, base),
                sender -> predictions.watch(id, key.id(), sender));
    }

    private final class Sender implements Consumer<PredictionEvent> {
        private final SseStream stream;
        private final Prediction prediction;
        private final URI base;
        private Progress last = Progress.UNKNOWN;

        Sender(SseStream stream, Prediction prediction, URI base) {
            this.stream = stream;
            this.prediction = prediction;
            this.base = base;
        }

        @Override
        public void accept(PredictionEvent event) {
            switch (event) {
                case PredictionEvent.Waiting(Place place) -> stream.send("progress", EventJson.waiting(place));
                case PredictionEvent.Progress step -> {
                    last = EventJson.progress(step);
                    stream.send("progress", last);
                }
                case PredictionEvent.Preview preview -> stream.send("progress", EventJson.preview(last, preview));
                case PredictionEvent.OutputReady(PredictionOutput output) ->
                    stream.send("output", atlas.image(prediction, output, base));
                case PredictionEvent.Done(Prediction ended) -> {
                    stream.send("done", atlas.prediction(ended, base));
                    stream.end();
                }
            }
        }
    }
}
