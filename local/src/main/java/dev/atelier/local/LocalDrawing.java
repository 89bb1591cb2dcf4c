package dev.atelier.local;

import dev.atelier.api.ImageView;
import dev.atelier.api.PredictionView;
import dev.atelier.api.Progress;
import dev.atelier.client.PredictionEvent;
import dev.atelier.engine.pipeline.GeneratedImage;
import dev.atelier.engine.pipeline.GenerationListener.Stage;
import dev.atelier.engine.pipeline.GenerationListener.StepProgress;
import dev.atelier.engine.pipeline.GenerationListener.WorkProgress;
import dev.atelier.engine.pipeline.ModelInfo;
import dev.atelier.engine.tensor.EngineException;
import dev.atelier.studio.ContentCredentials;
import dev.atelier.studio.PictureStamp;
import dev.atelier.studio.PlanListener;
import dev.atelier.studio.PlannedPictures;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** One order while it is drawn, and what has become of it. */
final class LocalDrawing implements PlanListener {
    private final String id = "local_" + UUID.randomUUID();
    private final Instant begun = Instant.now();
    private final OrderReader.Read read;
    private final PlannedPictures pictures;
    private final ModelInfo model;
    private final PictureStamp stamp;
    private final Consumer<PredictionEvent> events;
    private final Map<Integer, ImageView> images = new TreeMap<>();

    LocalDrawing(OrderReader.Read read, PlannedPictures pictures, ModelInfo model, Consumer<PredictionEvent> events) {
        this.read = read;
        this.pictures = pictures;
        this.model = model;
        this.stamp = new PictureStamp(read.request(), pictures.plan(), model, ContentCredentials.NONE);
        this.events = events;
    }

    @Override
    public CallListener begin(Call call) {
        return new Listener(call);
    }

    @Override
    public void failed(int index, EngineException failure) {
        record(ImageView.failed(
                index, pictures.seed(index), pictures.plan().shots().get(index).prompt(), failure.getMessage()));
    }

    private synchronized void record(ImageView image) {
        images.put(image.index(), image);
        events.accept(new PredictionEvent.Output(image));
    }

    /** Completed when there is a picture. */
    PredictionView ended() {
        List<String> failures = failures();
        return hasPicture()
                ? view(PredictionView.State.COMPLETED, failures.isEmpty() ? "" : String.join("; ", failures))
                : view(PredictionView.State.FAILED, String.join("; ", failures));
    }

    private synchronized boolean hasPicture() {
        return images.values().stream().anyMatch(image -> image.url() != null);
    }

    private synchronized List<String> failures() {
        return images.values().stream()
                .filter(image -> image.url() == null)
                .map(image -> "image " + (image.index() + 1) + ": " + image.error())
                .toList();
    }

    synchronized PredictionView view(PredictionView.State state, String error) {
        Instant now = Instant.now();
        double seconds = (now.toEpochMilli() - begun.toEpochMilli()) / 1000.0;
        List<ImageView> made = List.copyOf(images.values());
        return new PredictionView(
                id,
                read.request().model(),
                model.name(),
                state == PredictionView.State.COMPLETED
                        ? PredictionView.Status.COMPLETED
                        : PredictionView.Status.FAILED,
                state,
                made.stream().map(ImageView::url).filter(url -> url != null).toList(),
                made,
                error,
                errorCode(state),
                new PredictionView.Metrics(0.0, seconds),
                (double) made.size() / pictures.plan().shots().size(),
                read.request().sampling().seed(),
                pictures.plan().revisedPrompt(),
                Stream.of(read.warnings(), pictures.plan().warnings(), pictures.warnings(model.referencePixels()))
                        .flatMap(List::stream)
                        .toList(),
                pictures.plan().reasons(),
                begun,
                begun.toString(),
                now.toString(),
                null,
                null);
    }

    private static PredictionView.ErrorCode errorCode(PredictionView.State state) {
        return switch (state) {
            case CANCELED -> PredictionView.ErrorCode.CANCELED;
            case FAILED -> PredictionView.ErrorCode.ENGINE;
            default -> null;
        };
    }

    /** One call of the engine; on the device's thread. */
    private final class Listener extends CallListener {
        private final Call call;
        private Progress.Phase phase = Progress.Phase.PREPARING;
        private StepProgress last = new StepProgress(0, 1, 0, 0, 0);

        Listener(Call call) {
            this.call = call;
        }

        @Override
        public void onStage(Stage stage, int image) {
            phase = switch (stage) {
                case TEXT, REFERENCES -> Progress.Phase.PREPARING;
                case DENOISE -> Progress.Phase.DRAWING;
                case REFINE -> Progress.Phase.REFINING;
                case DECODE -> Progress.Phase.DECODING;
            };
        }

        @Override
        public void onStep(StepProgress step) {
            last = step;
        }

        @Override
        public void onProgress(WorkProgress work) {
            int count = call.indices().size();
            boolean inTurn = pictures.plan().linked();
            double whole = Math.min(1, (call.before() + count * work.fraction()) / call.planned());
            boolean lastCall = call.before() + count >= call.planned();
            events.accept(new PredictionEvent.Progressed(new Progress(
                    null,
                    phase,
                    call.indices().get(inTurn ? Math.min(last.image(), count - 1) : 0),
                    inTurn ? 1 : count,
                    call.planned(),
                    last.step(),
                    last.steps(),
                    null,
                    null,
                    whole,
                    lastCall && work.secondsLeft() >= 0 ? work.secondsLeft() : null,
                    null)));
        }

        @Override
        protected void onFinished(GeneratedImage image) {
            int index = call.indices().get(image.index());
            String file = "data:" + stamp.format().mediaType() + ";base64,"
                    + Base64.getEncoder().encodeToString(stamp.file(image));
            record(new ImageView(
                    null,
                    index,
                    image.seed(),
                    image.prompt(),
                    file,
                    image.picture().width(),
                    image.picture().height(),
                    image.steps(),
                    image.guidanceScale(),
                    image.seconds(),
                    null));
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
