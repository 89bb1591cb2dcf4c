package dev.atelier.client;

import dev.atelier.api.PredictionView;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/** Whoever draws orders: a running service ({@link AtelierClient}), or this process ({@code dev.atelier.local}). For any number of threads. */
public interface ImageService extends AutoCloseable {
    /**
     * Draws, and waits until the pictures are finished. A caller that is interrupted meanwhile cancels the order.
     *
     * @param listener told of progress and of each picture as it comes
     * @return the completed prediction; single pictures of it may have failed
     * @throws AtelierException of code {@code FAILED} or {@code CANCELED}, with the prediction; of code {@code INVALID} naming field,
     *     value and bound
     */
    PredictionView draw(ImageOrder order, Consumer<PredictionEvent> listener);

    /** {@link #draw} on a thread of its own; whoever cancels the future cancels the order. */
    default CompletableFuture<PredictionView> drawAsync(ImageOrder order, Consumer<PredictionEvent> listener) {
        return Background.run("atelier-draw", () -> draw(order, listener));
    }

    /**
     * {@link #draw} until {@code stop} completes in any way, which cancels the order.
     *
     * @throws AtelierException of code {@code CANCELED} when it did
     */
    default PredictionView draw(ImageOrder order, Consumer<PredictionEvent> listener, CompletionStage<?> stop) {
        CompletableFuture<PredictionView> drawing = drawAsync(order, listener);
        try {
            // Unlike a dependent of the signal's own, this leaves nothing behind at a signal that outlives many
            // drawings.
            CompletableFuture.anyOf(drawing, stop.toCompletableFuture())
                    .handle((_, _) -> null)
                    .get();
            if (!drawing.isDone() && drawing.cancel(true)) {
                throw new AtelierException(AtelierException.Code.CANCELED, "canceled by the caller");
            }
            return drawing.get();
        } catch (InterruptedException e) {
            drawing.cancel(true);
            throw Transport.interrupted("", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof AtelierException failure
                    ? failure
                    : new AtelierException(
                            AtelierException.Code.FAILED,
                            String.valueOf(e.getCause()),
                            AtelierException.Details.NONE,
                            e.getCause());
        }
    }

    /**
     * A finished picture.
     *
     * @param output of a prediction's {@code outputs}: a URL or a data URI
     */
    byte[] download(String output);

    @Override
    void close();
}
