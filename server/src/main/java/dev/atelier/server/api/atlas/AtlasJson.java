package dev.atelier.server.api.atlas;

import dev.atelier.api.Answer;
import dev.atelier.api.ImageView;
import dev.atelier.api.InputView;
import dev.atelier.api.PredictionView;
import dev.atelier.api.Submitted;
import dev.atelier.server.media.MediaStore;
import dev.atelier.server.media.StoredMedia;
import dev.atelier.server.prediction.Failure;
import dev.atelier.server.prediction.Prediction;
import dev.atelier.server.prediction.PredictionOutput;
import dev.atelier.server.prediction.Status;
import dev.atelier.server.webhook.PredictionDocument;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Predictions as the Atlas surface writes them. */
@Component
class AtlasJson implements PredictionDocument {
    private final MediaStore media;
    private final InputJson input;

    AtlasJson(MediaStore media, InputJson input) {
        this.media = media;
        this.input = input;
    }

    /** 200 with {@code body} as JSON, whatever the request's Accept says: clients of this surface read nothing else. */
    static <T> ResponseEntity<T> ok(T body) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(body);
    }

    /** The answer with {@code data}. */
    static <T> ResponseEntity<Answer<T>> answer(T data) {
        return ok(Answer.of(data));
    }

    /** The answer to a submission. */
    Submitted submitted(Prediction prediction, URI base) {
        return Submitted.of(owned(prediction, base).with(links(prediction.id(), base)));
    }

    /** A prediction whose outputs are URLs, also when its caller polls for data URIs: a webhook stays small. */
    @Override
    public PredictionView of(Prediction prediction) {
        URI base = prediction.order().delivery().base();
        return view(prediction, base, urls(prediction, base));
    }

    /** A prediction with its outputs and what was ordered, for its owner. */
    PredictionView owned(Prediction prediction, URI base) {
        return prediction(prediction, base).with(ordered(prediction, base));
    }

    /** A prediction with its outputs. */
    PredictionView prediction(Prediction prediction, URI base) {
        return view(prediction, base, outputs(prediction, base));
    }

    private PredictionView view(Prediction prediction, URI base, List<String> outputs) {
        Prediction.Times times = prediction.times();
        Prediction.State state = prediction.state();
        return new PredictionView(
                prediction.id(),
                prediction.order().request().model(),
                prediction.order().servedBy(),
                status(prediction.status()),
                state(prediction.status()),
                outputs,
                prediction.outputs().stream()
                        .map(output -> image(prediction, output, base))
                        .toList(),
                state.error(),
                state.error().isEmpty() ? null : code(state.failure().reason()),
                metrics(times),
                state.progress(),
                prediction.seed(),
                prediction.order().plan().revisedPrompt(),
                state.warnings().sentences(),
                prediction.order().plan().reasons(),
                times.createdAt(),
                text(times.startedAt()),
                text(times.completedAt()),
                null,
                null);
    }

    /** The request as it was accepted, in the names of this surface. */
    InputView ordered(Prediction prediction, URI base) {
        return input.of(prediction, base);
    }

    /** One output, as an event tells it. */
    ImageView image(Prediction prediction, PredictionOutput output, URI base) {
        PredictionOutput.Recipe recipe = output.recipe();
        return output.succeeded()
                ? new ImageView(
                        null,
                        output.index(),
                        recipe.seed(),
                        recipe.prompt(),
                        url(output, base),
                        output.width(),
                        output.height(),
                        recipe.steps(),
                        recipe.guidanceScale(),
                        recipe.seconds(),
                        null)
                : ImageView.failed(output.index(), recipe.seed(), recipe.prompt(), output.error());
    }

    /**
     * Shipped clients poll on at any word they do not know, so a canceled prediction is a failed one to them, and one that waits for its
     * plan waits.
     */
    private static PredictionView.Status status(Status status) {
        return switch (status) {
            case PLANNING, STARTING -> PredictionView.Status.STARTING;
            case PROCESSING -> PredictionView.Status.PROCESSING;
            case COMPLETED -> PredictionView.Status.COMPLETED;
            case FAILED, CANCELED -> PredictionView.Status.FAILED;
        };
    }

    static PredictionView.State state(Status status) {
        return switch (status) {
            case PLANNING -> PredictionView.State.PLANNING;
            case STARTING -> PredictionView.State.STARTING;
            case PROCESSING -> PredictionView.State.PROCESSING;
            case COMPLETED -> PredictionView.State.COMPLETED;
            case FAILED -> PredictionView.State.FAILED;
            case CANCELED -> PredictionView.State.CANCELED;
        };
    }

    private static PredictionView.ErrorCode code(Failure.Reason reason) {
        return switch (reason) {
            case DEADLINE -> PredictionView.ErrorCode.DEADLINE;
            case MEMORY -> PredictionView.ErrorCode.MEMORY;
            case ABANDONED -> PredictionView.ErrorCode.ABANDONED;
            case REFERENCE -> PredictionView.ErrorCode.REFERENCE;
            case REQUEST -> PredictionView.ErrorCode.REQUEST;
            case CANCELED -> PredictionView.ErrorCode.CANCELED;
            case ENGINE, NONE -> PredictionView.ErrorCode.ENGINE;
        };
    }

    private List<String> outputs(Prediction prediction, URI base) {
        return prediction.order().delivery().base64()
                ? prediction.outputs().stream()
                        .filter(PredictionOutput::succeeded)
                        .map(this::dataUri)
                        .toList()
                : urls(prediction, base);
    }

    private List<String> urls(Prediction prediction, URI base) {
        return prediction.outputs().stream()
                .filter(PredictionOutput::succeeded)
                .map(output -> url(output, base))
                .toList();
    }

    private String url(PredictionOutput output, URI base) {
        return media.url(output.media(), StoredMedia.Kind.OUTPUT, base).toString();
    }

    /** Empty once the file has expired. */
    private String dataUri(PredictionOutput output) {
        return media.find(output.media())
                .map(stored -> "data:" + output.contentType() + ";base64," + media.base64(stored))
                .orElse("");
    }

    private static PredictionView.Metrics metrics(Prediction.Times times) {
        boolean started = times.startedAt() != null;
        return new PredictionView.Metrics(
                started ? seconds(times.createdAt(), times.startedAt()) : null,
                started && times.completedAt() != null ? seconds(times.startedAt(), times.completedAt()) : null);
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1000.0;
    }

    private static PredictionView.Links links(String id, URI base) {
        String get = base + "/api/v1/model/prediction/" + id;
        return new PredictionView.Links(get, get + "/cancel", get + "/events");
    }

    private static String text(Instant instant) {
        return instant == null ? "" : instant.toString();
    }
}
