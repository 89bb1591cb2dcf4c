package dev.atelier.server;

import dev.atelier.engine.image.Picture;
import dev.atelier.engine.pipeline.Cancellation;
import dev.atelier.engine.pipeline.GeneratedImage;
import dev.atelier.engine.pipeline.GenerationListener;
import dev.atelier.engine.pipeline.ImagePipeline;
import dev.atelier.engine.pipeline.ImageRequest;
import dev.atelier.engine.pipeline.ModelInfo;
import dev.atelier.engine.pipeline.SequenceRequest;
import dev.atelier.engine.tensor.Device;
import dev.atelier.engine.tensor.EngineException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A pipeline whose pictures are one colour and whose prompts are orders: {@code wait} holds it until {@link #release}, {@code explode}
 * fails as libtorch does, {@code exhaust} as it does without memory.
 */
public final class ScriptedPipeline implements ImagePipeline {
    /** What was called, in order. */
    public final List<ImageRequest> calls = new CopyOnWriteArrayList<>();

    public final List<SequenceRequest> sequences = new CopyOnWriteArrayList<>();

    /** A prompt for each picture that is about to be made. */
    public final BlockingQueue<String> begun = new LinkedBlockingQueue<>();

    /** How long a cancellation may take to be seen. */
    private static final long CANCELLATION_MILLIS = 5;

    private final Semaphore gate = new Semaphore(0);

    /** Lets one held picture go on. */
    public void release() {
        gate.release();
    }

    @Override
    public ModelInfo info() {
        return new ModelInfo("scripted", Path.of("."), true, 16, 256, 4, 1, 1 << 20, false, 1, "fp32", Device.CPU);
    }

    @Override
    public List<GeneratedImage> generate(ImageRequest request, GenerationListener listener, Cancellation cancellation) {
        calls.add(request);
        act(request.prompt(), cancellation);
        List<GeneratedImage> images = new ArrayList<>();
        for (int i = 0; i < request.seeds().size(); i++) {
            listener.onStep(
                    new GenerationListener.StepProgress(0, request.seeds().size(), 1, 1, 0.1));
            listener.onProgress(new GenerationListener.WorkProgress(
                    (i + 1.0) / request.seeds().size(), 0));
            GeneratedImage image =
                    image(i, request, request.prompt(), request.seeds().get(i));
            listener.onImage(image);
            images.add(image);
        }
        return images;
    }

    @Override
    public List<GeneratedImage> generateSequence(
            SequenceRequest request, GenerationListener listener, Cancellation cancellation) {
        sequences.add(request);
        List<GeneratedImage> images = new ArrayList<>();
        for (int k = 0; k < request.shots().size(); k++) {
            SequenceRequest.Shot shot = request.shots().get(k);
            act(shot.prompt(), cancellation);
            listener.onStep(
                    new GenerationListener.StepProgress(k, request.shots().size(), 1, 1, 0.1));
            listener.onProgress(new GenerationListener.WorkProgress(
                    (k + 1.0) / request.shots().size(), 0));
            GeneratedImage image = image(k, request.template(), shot.prompt(), shot.seed());
            listener.onImage(image);
            images.add(image);
        }
        return images;
    }

    private void act(String prompt, Cancellation cancellation) {
        begun.add(prompt);
        if (prompt.contains("explode")) {
            throw new EngineException("libtorch: it exploded");
        }
        if (prompt.contains("exhaust")) {
            throw EngineException.of("drawing", new RuntimeException("can't allocate memory"));
        }
        while (prompt.contains("wait") && !released()) {
            cancellation.check();
        }
        cancellation.check();
    }

    private boolean released() {
        try {
            return gate.tryAcquire(CANCELLATION_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static GeneratedImage image(int index, ImageRequest request, String prompt, long seed) {
        int width = request.width() == 0 ? 256 : request.width();
        int height = request.height() == 0 ? 256 : request.height();
        byte[] rgb = new byte[width * height * 3];
        java.util.Arrays.fill(rgb, (byte) seed);
        return new GeneratedImage(index, new Picture(width, height, rgb), prompt, seed, 4, 1, 0.1);
    }

    @Override
    public void close() {
        gate.release(1000);
    }
}
