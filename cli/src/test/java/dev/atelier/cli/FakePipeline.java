package dev.atelier.cli;

import dev.atelier.engine.image.Picture;
import dev.atelier.engine.pipeline.Cancellation;
import dev.atelier.engine.pipeline.EngineOptions;
import dev.atelier.engine.pipeline.GeneratedImage;
import dev.atelier.engine.pipeline.GenerationListener;
import dev.atelier.engine.pipeline.GenerationListener.StepProgress;
import dev.atelier.engine.pipeline.ImagePipeline;
import dev.atelier.engine.pipeline.ImageRequest;
import dev.atelier.engine.pipeline.ModelInfo;
import dev.atelier.engine.pipeline.SequenceRequest;
import dev.atelier.engine.tensor.Device;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Keeps what it is asked for and draws plain colours. */
final class FakePipeline implements ImagePipeline {
    final List<ImageRequest> requests = new ArrayList<>();
    final List<SequenceRequest> sequences = new ArrayList<>();
    Path folder;
    EngineOptions options;
    boolean closed;
    /** Runs before each image. */
    Runnable beforeImage = () -> {};

    ImagePipeline opened(Path folder, EngineOptions options) {
        this.folder = folder;
        this.options = options;
        closed = false;
        return this;
    }

    @Override
    public ModelInfo info() {
        return new ModelInfo("studio/klein", folder, true, 16, 512, 4, 1, 20_000, false, 1000, "stored", Device.CPU);
    }

    @Override
    public List<GeneratedImage> generate(ImageRequest request, GenerationListener listener, Cancellation cancellation) {
        requests.add(request);
        List<GeneratedImage> images = new ArrayList<>();
        for (long seed : request.seeds()) {
            images.add(draw(request, request.prompt(), seed, images.size(), listener, cancellation));
        }
        return images;
    }

    @Override
    public List<GeneratedImage> generateSequence(
            SequenceRequest request, GenerationListener listener, Cancellation cancellation) {
        sequences.add(request);
        List<GeneratedImage> images = new ArrayList<>();
        for (SequenceRequest.Shot shot : request.shots()) {
            images.add(draw(request.template(), shot.prompt(), shot.seed(), images.size(), listener, cancellation));
        }
        return images;
    }

    private GeneratedImage draw(
            ImageRequest request,
            String prompt,
            long seed,
            int index,
            GenerationListener listener,
            Cancellation cancel) {
        beforeImage.run();
        cancel.check();
        listener.onStep(new StepProgress(index, request.seeds().size(), 1, 4, 0.5));
        int width = request.width() == 0 ? 512 : request.width();
        int height = request.height() == 0 ? 512 : request.height();
        byte[] rgb = new byte[width * height * 3];
        Arrays.fill(rgb, (byte) seed);
        GeneratedImage image =
                new GeneratedImage(index, new Picture(width, height, rgb), prompt, seed, 4, request.guidanceScale(), 2);
        listener.onImage(image);
        return image;
    }

    @Override
    public void close() {
        closed = true;
    }
}
