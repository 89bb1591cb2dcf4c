package dev.atelier.local;

import dev.atelier.api.PredictionView;
import dev.atelier.client.AtelierException;
import dev.atelier.client.AtelierException.Code;
import dev.atelier.client.ImageOrder;
import dev.atelier.client.ImageService;
import dev.atelier.client.PredictionEvent;
import dev.atelier.engine.pipeline.AtelierHome;
import dev.atelier.engine.pipeline.Cancellation;
import dev.atelier.engine.pipeline.EngineOptions;
import dev.atelier.engine.pipeline.ImagePipeline;
import dev.atelier.engine.pipeline.ModelInfo;
import dev.atelier.models.EmbeddedModels;
import dev.atelier.prompt.GenerationPlan;
import dev.atelier.prompt.InvalidRequestException;
import dev.atelier.prompt.ModelProfile;
import dev.atelier.prompt.PromptEngineer;
import dev.atelier.prompt.rules.RulePromptEngineer;
import dev.atelier.prompt.vocabulary.VocabularyAdapter;
import dev.atelier.studio.EditSources;
import dev.atelier.studio.GlyphSetting;
import dev.atelier.studio.LetteredPlan;
import dev.atelier.studio.ModelProfiles;
import dev.atelier.studio.PipelineOpener;
import dev.atelier.studio.PlanRunner;
import dev.atelier.studio.PlannedPictures;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/**
 * Draws in this process. Open one and keep it: loading a model takes seconds, and calls from any thread queue up for the device. The same
 * order with the same seed gives the same file as a service with the same model. Outputs are data URIs; references are bytes, data URIs
 * or base64.
 *
 * <p>The JVM wants {@code --enable-native-access=ALL-UNNAMED -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 -Dorg.bytedeco.javacpp.maxBytes=0}.
 */
public final class LocalAtelier implements ImageService {
    private final ImagePipeline pipeline;
    private final PromptEngineer engineer;

    /** @param pipeline closed with this; so is {@code engineer} */
    public LocalAtelier(ImagePipeline pipeline, PromptEngineer engineer) {
        this.pipeline = pipeline;
        this.engineer = engineer;
    }

    /** The embedded model on the CPU. */
    public static LocalAtelier open() {
        Path folder = new EmbeddedModels()
                .folder(EmbeddedModels.DEFAULT, AtelierHome.ofProcess().resolve("embedded"));
        return open(folder, EngineOptions.defaults());
    }

    /**
     * @param model a folder in the layout of Hugging Face, such as one that {@code atelier pull} fetched
     * @throws RuntimeException naming what is wrong with the folder or the device
     */
    public static LocalAtelier open(Path model, EngineOptions options) {
        return new LocalAtelier(
                PipelineOpener.ofEngine().open(model, options), new VocabularyAdapter(new RulePromptEngineer()));
    }

    /** The listener is called on the calling thread. */
    @Override
    public PredictionView draw(ImageOrder order, Consumer<PredictionEvent> listener) {
        OrderReader.Read read = OrderReader.read(order, pipeline.info().name());
        EditSources sources = InlinePictures.of(read.request().references());
        PlannedPictures pictures =
                new PlannedPictures(plan(read), read.request().sampling(), sources);
        Events events = new Events();
        LocalDrawing drawing = new LocalDrawing(read, pictures, pipeline.info(), events::tell);
        Cancellation cancellation = Cancellation.none();
        CompletableFuture<Void> making = start(() -> new PlanRunner(pipeline, PlanRunner.BATCH_PIXELS)
                .run(pictures, PlanRunner.Resumed.NOTHING, drawing, cancellation));
        making.whenComplete((_, _) -> events.end());
        try {
            events.hear(listener);
            making.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AtelierException(
                    Code.INTERRUPTED,
                    "",
                    "interrupted",
                    drawing.view(PredictionView.State.CANCELED, "canceled by the caller"),
                    e);
        } catch (CompletionException e) {
            throw failure(e.getCause(), drawing);
        } finally {
            cancellation.cancel();
            making.handle((_, failure) -> failure).join();
        }
        PredictionView drawn = drawing.ended();
        listener.accept(new PredictionEvent.Done(drawn));
        if (drawn.state() != PredictionView.State.COMPLETED) {
            throw new AtelierException(Code.FAILED, "", drawn.error(), drawn, null);
        }
        return drawn;
    }

    private GenerationPlan plan(OrderReader.Read read) {
        try {
            ModelInfo model = pipeline.info();
            ModelProfile profile = ModelProfiles.of(model);
            GenerationPlan plan = engineer.plan(read.request(), profile);
            return LetteredPlan.of(plan, read.request(), profile, model.glyphReference(), GlyphSetting.AUTO);
        } catch (InvalidRequestException e) {
            throw new AtelierException(Code.INVALID, e.field(), e.getMessage(), null, e);
        }
    }

    private static CompletableFuture<Void> start(Runnable work) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread.ofVirtual().name("atelier-local").start(() -> {
            try {
                work.run();
                done.complete(null);
            } catch (Throwable failure) {
                done.completeExceptionally(failure);
            }
        });
        return done;
    }

    private static RuntimeException failure(Throwable cause, LocalDrawing drawing) {
        return switch (cause) {
            case CancellationException e ->
                new AtelierException(
                        Code.CANCELED,
                        "",
                        "canceled by the caller",
                        drawing.view(PredictionView.State.CANCELED, "canceled by the caller"),
                        e);
            case IllegalArgumentException e -> new AtelierException(Code.INVALID, "", e.getMessage(), null, e);
            default ->
                new AtelierException(
                        Code.FAILED,
                        "",
                        String.valueOf(cause.getMessage()),
                        drawing.view(PredictionView.State.FAILED, String.valueOf(cause.getMessage())),
                        cause);
        };
    }

    @Override
    public byte[] download(String output) {
        return InlinePictures.decode("output", output);
    }

    @Override
    public void close() {
        try (pipeline) {
            engineer.close();
        }
    }

    /** From the engine's thread to the caller's. */
    private static final class Events {
        private final BlockingQueue<Optional<PredictionEvent>> queue = new LinkedBlockingQueue<>();

        void tell(PredictionEvent event) {
            queue.add(Optional.of(event));
        }

        void end() {
            queue.add(Optional.empty());
        }

        void hear(Consumer<PredictionEvent> listener) throws InterruptedException {
            for (var event = queue.take(); event.isPresent(); event = queue.take()) {
                listener.accept(event.get());
            }
        }
    }
}
