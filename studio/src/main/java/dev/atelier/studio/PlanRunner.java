package dev.atelier.studio;

import dev.atelier.engine.image.Picture;
import dev.atelier.engine.pipeline.Cancellation;
import dev.atelier.engine.pipeline.ImagePipeline;
import dev.atelier.engine.tensor.EngineException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Makes the pictures of plans on a pipeline: a sequence as one, independent pictures of the same words in batches.
 *
 * @param batchPixels pixels of the pictures that one call of the engine makes
 */
public record PlanRunner(ImagePipeline pipeline, long batchPixels) {
    /** What a call holds unless somebody says otherwise: four pictures of 512x512. */
    public static final long BATCH_PIXELS = 1024L * 1024;

    /**
     * What of a plan is there already.
     *
     * @param settled indices of pictures that are made or given up
     * @param earlier the pictures of a sequence that are made, in order; empty for other plans
     */
    public record Resumed(Set<Integer> settled, List<Picture> earlier) {
        public static final Resumed NOTHING = new Resumed(Set.of(), List.of());
    }

    /**
     * Makes the pictures that are not settled.
     *
     * @throws java.util.concurrent.CancellationException when it was stopped
     * @throws Cancellation.DeadlineExceededException past the deadline
     * @throws IllegalArgumentException when the request does not fit the model
     * @throws EngineException when libtorch fails and {@code listener} does not go on
     */
    public void run(PlannedPictures pictures, Resumed resumed, PlanListener listener, Cancellation cancellation) {
        int planned = pictures.plan().shots().size();
        List<Integer> missing = pictures.missing(resumed.settled());
        if (pictures.plan().linked()) {
            sequence(pictures, missing, resumed.earlier(), listener, cancellation);
            return;
        }
        int before = planned - missing.size();
        for (PlannedPictures.Pass pass : pictures.passes(missing, batchPixels)) {
            try (var call = listener.begin(new PlanListener.Call(pass.indices(), before, planned))) {
                pipeline.generate(pass.request(), call, cancellation);
            } catch (EngineException e) {
                pass.indices().forEach(index -> listener.failed(index, e));
            }
            before += pass.indices().size();
            listener.settled();
        }
    }

    /** After a failed picture the sequence goes on with those before it. */
    private void sequence(
            PlannedPictures pictures,
            List<Integer> missing,
            List<Picture> earlier,
            PlanListener listener,
            Cancellation cancellation) {
        int planned = pictures.plan().shots().size();
        List<Picture> made = new ArrayList<>(earlier);
        List<Integer> left = missing;
        while (!left.isEmpty()) {
            var call = listener.begin(new PlanListener.Call(left, planned - left.size(), planned));
            try (call) {
                pipeline.generateSequence(pictures.sequence(left, made), call, cancellation);
                left = List.of();
            } catch (EngineException e) {
                int failed = call.finished.size();
                made.addAll(call.finished);
                listener.failed(left.get(failed), e);
                left = left.subList(failed + 1, left.size());
            }
            listener.settled();
        }
    }
}
