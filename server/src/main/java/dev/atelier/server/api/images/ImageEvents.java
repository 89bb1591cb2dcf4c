package dev.atelier.server.api.images;

import dev.atelier.api.images.ImageData;
import dev.atelier.api.images.ImageError;
import dev.atelier.api.images.ImageEvent;
import dev.atelier.server.access.ApiKey;
import dev.atelier.server.api.SseStream;
import dev.atelier.server.api.Surface;
import dev.atelier.server.error.ApiException;
import dev.atelier.server.prediction.Prediction;
import dev.atelier.server.prediction.PredictionEvent;
import dev.atelier.server.prediction.PredictionOutput;
import dev.atelier.server.prediction.PredictionService;
import dev.atelier.server.prediction.Status;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
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

    SseEmitter open(Prediction prediction, ApiKey key, Style style, Duration longest) {
        return SseStream.<PredictionEvent>open(
                longest,
                stream -> new Sender(stream, prediction, key, style),
                sender -> predictions.watch(prediction.id(), key.id(), sender));
    }

    private final class Sender implements Consumer<PredictionEvent> {
        private final SseStream stream;
        private final Prediction prediction;
        private final ApiKey key;
        private final Style style;
        private final String model;
        private final long created;
        private final List<PredictionOutput> told = new ArrayList<>();
        private int previewed = -1;
        private int previews;
        private double fraction;

        Sender(SseStream stream, Prediction prediction, ApiKey key, Style style) {
            this.stream = stream;
            this.prediction = prediction;
            this.key = key;
            this.style = style;
            this.model = prediction.order().request().model();
            this.created = prediction.times().createdAt().getEpochSecond();
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
            send(new ImageEvent.Partial(
                    style.prefix() + ".partial_image",
                    model,
                    created,
                    preview.image(),
                    previews++,
                    Base64.getEncoder().encodeToString(preview.jpeg())));
        }

        /** The last picture of a plan waits for the end, which follows it and knows the last warnings. */
        private void output(PredictionOutput output) {
            told.add(output);
            if (told.size() < prediction.order().plan().shots().size()) {
                tell(output, prediction);
            }
        }

        private void tell(PredictionOutput output, Prediction known) {
            send(output.succeeded() ? ready(output, known) : failed(output));
        }

        private ImageEvent failed(PredictionOutput output) {
            ImageError error = ImagesJson.error(output);
            return new ImageEvent.Failed(
                    style.prefix() + ".partial_failed",
                    model,
                    created,
                    created,
                    output.index(),
                    style.ark() ? error : null,
                    style.ark() ? null : error.code(),
                    style.ark() ? null : error.message());
        }

        private ImageEvent ready(PredictionOutput output, Prediction known) {
            ImageData picture = images.entry(prediction, output);
            boolean whole = !style.ark();
            return new ImageEvent.Ready(
                    style.prefix() + (whole ? ".completed" : ".partial_succeeded"),
                    model,
                    created,
                    created,
                    output.index(),
                    picture.url(),
                    picture.b64Json(),
                    picture.size(),
                    picture.revisedPrompt(),
                    whole ? ImagesJson.format(output) : null,
                    whole ? ImagesJson.OPAQUE : null,
                    whole ? "auto" : null,
                    whole ? ImagesJson.usage(known, List.of(output)) : null,
                    whole ? known.order().servedBy() : null,
                    whole ? known.state().warnings().sentences() : null,
                    whole ? known.order().plan().reasons() : null);
        }

        private void end(Prediction ended) {
            if (told.size() == prediction.order().plan().shots().size()) {
                tell(told.getLast(), ended);
            }
            if (ended.status() != Status.COMPLETED) {
                send(new ImageEvent.Broken(ImagesJson.error(ended.state().failure())));
            } else if (style.ark()) {
                send(new ImageEvent.Completed(
                        style.prefix() + ".completed",
                        model,
                        created,
                        created,
                        ImagesJson.usage(ended, ended.outputs()),
                        ended.order().servedBy(),
                        ended.state().warnings().sentences(),
                        ended.order().plan().reasons()));
            }
            send(SseEmitter.event().data("[DONE]"));
            stream.end();
        }

        private void send(ImageEvent event) {
            send(SseEmitter.event().name(event.type()).data(event, MediaType.APPLICATION_JSON));
        }

        private void send(SseEmitter.SseEventBuilder event) {
            try {
                stream.send(event);
            } catch (UncheckedIOException e) {
                cancel();
                throw e;
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
