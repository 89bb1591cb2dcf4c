package dev.atelier.engine.pipeline;

import java.util.List;

/**
 * A loaded image model: text to image, edit, compose, sequence. Safe to call from any thread, virtual ones too: calls queue up
 * for the one thread that owns the device. Results are plain Java.
 */
public interface ImagePipeline extends AutoCloseable {
    ModelInfo info();

    /**
     * Makes the pictures of {@code request}, one a seed, as one batch.
     *
     * @throws IllegalArgumentException when the request does not fit the model (field, value and bound are named)
     * @throws java.util.concurrent.CancellationException after {@link Cancellation#cancel}
     * @throws Cancellation.DeadlineExceededException past the deadline
     * @throws dev.atelier.engine.tensor.EngineException when libtorch fails; the pipeline stays usable
     */
    List<GeneratedImage> generate(ImageRequest request, GenerationListener listener, Cancellation cancellation);

    /** As {@link #generate(ImageRequest, GenerationListener, Cancellation)}, with nobody who listens or stops it. */
    default List<GeneratedImage> generate(ImageRequest request) {
        return generate(request, GenerationListener.NONE, Cancellation.none());
    }

    /**
     * Makes the shots in order; each is handed to the listener as it is finished.
     *
     * @throws IllegalArgumentException as {@link #generate}
     */
    List<GeneratedImage> generateSequence(
            SequenceRequest request, GenerationListener listener, Cancellation cancellation);

    @Override
    void close();
}
