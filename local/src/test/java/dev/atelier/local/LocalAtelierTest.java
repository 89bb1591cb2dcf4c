package dev.atelier.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.atelier.api.ImageView;
import dev.atelier.api.PredictionView;
import dev.atelier.client.AtelierException;
import dev.atelier.client.AtelierException.Code;
import dev.atelier.client.ImageOrder;
import dev.atelier.client.PredictionEvent;
import dev.atelier.engine.image.Picture;
import dev.atelier.engine.image.codec.PictureLimits;
import dev.atelier.engine.image.codec.PictureMetadata;
import dev.atelier.engine.image.codec.PictureReader;
import dev.atelier.engine.pipeline.Cancellation;
import dev.atelier.engine.pipeline.GeneratedImage;
import dev.atelier.engine.pipeline.GenerationListener;
import dev.atelier.engine.pipeline.ImagePipeline;
import dev.atelier.engine.pipeline.ImageRequest;
import dev.atelier.engine.pipeline.ModelInfo;
import dev.atelier.engine.pipeline.SequenceRequest;
import dev.atelier.engine.tensor.Device;
import dev.atelier.engine.tensor.EngineException;
import dev.atelier.prompt.rules.RulePromptEngineer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class LocalAtelierTest {
    private final PlainPipeline pipeline = new PlainPipeline();
    private final LocalAtelier local = new LocalAtelier(pipeline, new RulePromptEngineer());

    /** One colour a picture; fails at prompts with "explode", and waits at "wait" until it is canceled. */
    private static final class PlainPipeline implements ImagePipeline {
        final List<ImageRequest> requests = new ArrayList<>();
        final CountDownLatch waiting = new CountDownLatch(1);
        boolean closed;

        @Override
        public ModelInfo info() {
            return new ModelInfo("plain", Path.of("."), true, 16, 256, 4, 1, 1 << 20, false, 1, "fp32", Device.CPU);
        }

        @Override
        public List<GeneratedImage> generate(
                ImageRequest request, GenerationListener listener, Cancellation cancellation) {
            requests.add(request);
            List<GeneratedImage> images = new ArrayList<>();
            for (long seed : request.seeds()) {
                images.add(draw(images.size(), request, request.prompt(), seed, listener, cancellation));
            }
            return images;
        }

        @Override
        public List<GeneratedImage> generateSequence(
                SequenceRequest request, GenerationListener listener, Cancellation cancellation) {
            List<GeneratedImage> images = new ArrayList<>();
            for (SequenceRequest.Shot shot : request.shots()) {
                images.add(draw(images.size(), request.template(), shot.prompt(), shot.seed(), listener, cancellation));
            }
            return images;
        }

        private GeneratedImage draw(
                int index,
                ImageRequest request,
                String prompt,
                long seed,
                GenerationListener listener,
                Cancellation cancellation) {
            if (prompt.contains("explode")) {
                throw new EngineException("libtorch: it exploded");
            }
            while (prompt.contains("wait")) {
                waiting.countDown();
                cancellation.check();
                Thread.onSpinWait();
            }
            listener.onStage(GenerationListener.Stage.DENOISE, index);
            listener.onStep(new GenerationListener.StepProgress(index, 1, 4, 4, 0.1));
            listener.onProgress(new GenerationListener.WorkProgress(1, 0));
            byte[] rgb = new byte[request.width() * request.height() * 3];
            Arrays.fill(rgb, (byte) seed);
            GeneratedImage image = new GeneratedImage(
                    index, new Picture(request.width(), request.height(), rgb), prompt, seed, 4, 1, 0.1);
            listener.onImage(image);
            return image;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private AtelierException failure(ImageOrder.Builder order) {
        return catchThrowableOfType(AtelierException.class, () -> local.draw(order.build(), _ -> {}));
    }

    private static ImageOrder.Builder fox() {
        return ImageOrder.of("a red fox").size(256, 256).seed(7);
    }

    @Test
    void anOrderIsDrawnWithEverythingThatMakesItAgain() {
        List<PredictionEvent> heard = new ArrayList<>();
        PredictionView drawn = local.draw(fox().images(2).negativePrompt("rain").build(), heard::add);
        assertThat(drawn.state()).isEqualTo(PredictionView.State.COMPLETED);
        assertThat(drawn.servedBy()).isEqualTo("plain");
        assertThat(drawn.images()).extracting(ImageView::seed).containsExactly(7L, 8L);
        assertThat(drawn.warnings()).isEmpty();
        assertThat(drawn.reasons()).contains("planned by rules");
        byte[] file = local.download(drawn.outputs().get(1));
        Picture picture = PictureReader.read(file, PictureLimits.DEFAULT);
        assertThat(picture.width()).isEqualTo(256);
        assertThat(picture.channel(0, 0, 0)).isEqualTo(8);
        assertThat(PictureMetadata.read(file)).hasValueSatisfying(metadata -> {
            assertThat(metadata.prompt()).isEqualTo("a red fox");
            assertThat(metadata.negativePrompt()).isEqualTo("rain");
        });
        assertThat(heard.getFirst()).isInstanceOfSatisfying(PredictionEvent.Progressed.class, event -> {
            assertThat(event.progress().images()).isEqualTo(2);
            assertThat(event.progress().step()).isEqualTo(4);
        });
        assertThat(heard.getLast()).isEqualTo(new PredictionEvent.Done(drawn));
        assertThat(heard).filteredOn(PredictionEvent.Output.class::isInstance).hasSize(2);
    }

    @Test
    void aSequenceIsReadFromTheWords() {
        PredictionView drawn = local.draw(
                ImageOrder.of("four seasons: a tree in spring, summer, autumn, winter")
                        .size(256, 256)
                        .seed(1)
                        .sequence(4)
                        .build(),
                _ -> {});
        assertThat(drawn.images()).hasSize(4).extracting(ImageView::index).containsExactly(0, 1, 2, 3);
    }

    @Test
    void referencesAndMasksAreReadFromTheOrder() {
        byte[] source =
                local.download(local.draw(fox().build(), _ -> {}).outputs().getFirst());
        local.draw(
                ImageOrder.of("make it night")
                        .reference(source)
                        .mask(source)
                        .seed(3)
                        .build(),
                _ -> {});
        ImageRequest request = pipeline.requests.getLast();
        assertThat(request.references()).hasSize(1);
        assertThat(request.width()).isEqualTo(256);
    }

    @Test
    void whatHasNoEffectIsTold() {
        PredictionView drawn = local.draw(
                fox().model("openai/other")
                        .set("quality", "high")
                        .aspectRatio("16:9")
                        .build(),
                _ -> {});
        assertThat(drawn.warnings())
                .containsExactly(
                        "model: 'openai/other' is not in this process; plain draws it",
                        "aspect_ratio: has no effect beside a size that has a shape",
                        "quality: has no effect in this process");
    }

    @Test
    void refusalsNameFieldValueAndBound() {
        AtelierException small = failure(ImageOrder.of("a").size(100, 100));
        assertThat(small.code()).isEqualTo(Code.INVALID);
        assertThat(small.field()).isEqualTo("size");
        assertThat(small).hasMessage("size: 100*100 is 10,000 pixels; at least 65,536 are needed");
        assertThat(failure(fox().set("steps", "four"))).hasMessage("steps: is a String; a whole number is needed");
        assertThat(failure(fox().set("width", 512))).hasMessage("height: missing; width and height are given together");
        assertThat(failure(fox().reference("http://host/a.png")))
                .hasMessage("images[0]: is an address, which only a service reads; give the picture itself");
        assertThat(failure(fox().reference("***")).field()).isEqualTo("images[0]");
        assertThat(failure(fox().reference(new byte[40])).code()).isEqualTo(Code.UNREADABLE);
        assertThat(failure(fox().set("sequential_image_generation", "maybe")))
                .hasMessage("sequential_image_generation: 'maybe'; auto or disabled is needed");
        assertThat(pipeline.requests).isEmpty();
    }

    @Test
    void aFailedEngineIsTold() {
        AtelierException failed = failure(ImageOrder.of("explode").size(256, 256));
        assertThat(failed.code()).isEqualTo(Code.FAILED);
        assertThat(failed).hasMessage("image 1: libtorch: it exploded");
        assertThat(failed.prediction())
                .hasValueSatisfying(p -> assertThat(p.state()).isEqualTo(PredictionView.State.FAILED));
    }

    @Test
    void whoeverCancelsTheFutureStopsTheDrawing() throws Exception {
        CompletableFuture<PredictionView> drawing =
                local.drawAsync(ImageOrder.of("wait").size(256, 256).build(), _ -> {});
        pipeline.waiting.await();
        drawing.cancel(true);
        assertThat(drawing).isCancelled();
        PredictionView next = local.draw(fox().build(), _ -> {});
        assertThat(next.state()).isEqualTo(PredictionView.State.COMPLETED);
    }

    @Test
    void aStopSignalCancels() throws Exception {
        CompletableFuture<Void> stop = new CompletableFuture<>();
        CompletableFuture<AtelierException> ended = new CompletableFuture<>();
        Thread.ofVirtual()
                .start(() -> ended.complete(catchThrowableOfType(
                        AtelierException.class,
                        () -> local.draw(ImageOrder.of("wait").size(256, 256).build(), _ -> {}, stop))));
        pipeline.waiting.await();
        stop.complete(null);
        assertThat(ended.join().code()).isEqualTo(Code.CANCELED);
    }

    @Test
    void closingClosesTheModel() {
        local.close();
        assertThat(pipeline.closed).isTrue();
    }
}
