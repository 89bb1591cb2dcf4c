package dev.atelier.studio;

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
import java.util.Arrays;
import java.util.List;

/** Keeps what it is asked for and draws 8x8 pixels in the colour of the seed; fails at prompts with "explode". */
final class PlainPipeline implements ImagePipeline {
    final List<ImageRequest> requests = new ArrayList<>();
    final List<SequenceRequest> sequences = new ArrayList<>();

    static Picture plain(int width, int height, int value) {
        byte[] rgb = new byte[width * height * 3];
        Arrays.fill(rgb, (byte) value);
        return new Picture(width, height, rgb);
    }

    static ModelInfo info(String name) {
        return new ModelInfo(name, Path.of("folder"), true, 16, 512, 4, 1, 20_000, false, 1000, "int8", Device.CPU);
    }

    @Override
    public ModelInfo info() {
        return info("plain");
    }

    @Override
    public List<GeneratedImage> generate(ImageRequest request, GenerationListener listener, Cancellation cancellation) {
        requests.add(request);
        List<GeneratedImage> images = new ArrayList<>();
        for (long seed : request.seeds()) {
            images.add(draw(images.size(), request.prompt(), seed, listener, cancellation));
        }
        return images;
    }

    @Override
    public List<GeneratedImage> generateSequence(
            SequenceRequest request, GenerationListener listener, Cancellation cancellation) {
        sequences.add(request);
        List<GeneratedImage> images = new ArrayList<>();
        for (SequenceRequest.Shot shot : request.shots()) {
            images.add(draw(images.size(), shot.prompt(), shot.seed(), listener, cancellation));
        }
        return images;
    }

    private static GeneratedImage draw(
            int index, String prompt, long seed, GenerationListener listener, Cancellation cancellation) {
        cancellation.check();
        listener.onStage(GenerationListener.Stage.DENOISE, index);
        if (prompt.contains("explode")) {
            throw new EngineException("libtorch: it exploded");
        }
        Picture picture = plain(8, 8, (int) seed);
        listener.onStep(new GenerationListener.StepProgress(index, 1, 1, 1, 0.1));
        listener.onProgress(new GenerationListener.WorkProgress(0.5, 1));
        if (listener.wantsPreviews()) {
            listener.onPreview(index, picture);
        }
        GeneratedImage image = new GeneratedImage(index, picture, prompt, seed, 4, 1, 0.1);
        listener.onImage(image);
        return image;
    }

    @Override
    public void close() {}
}
