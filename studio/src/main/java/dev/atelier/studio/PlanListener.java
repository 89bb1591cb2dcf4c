package dev.atelier.studio;

import dev.atelier.engine.image.Picture;
import dev.atelier.engine.pipeline.GeneratedImage;
import dev.atelier.engine.pipeline.GenerationListener;
import dev.atelier.engine.tensor.EngineException;
import java.util.ArrayList;
import java.util.List;

/** Hears of the calls of the engine that make a plan's pictures. */
@FunctionalInterface
public interface PlanListener {
    /**
     * One call of the engine. Its listener counts pictures from 0; here is where they belong.
     *
     * @param indices in the plan, in the call's order
     * @param before pictures of the plan that were made or given up before this call
     * @param planned pictures of the whole plan
     */
    record Call(List<Integer> indices, int before, int planned) {}

    /** Hears one call; closed on the runner's thread when the call has ended in any way. */
    abstract class CallListener implements GenerationListener, AutoCloseable {
        final List<Picture> finished = new ArrayList<>();

        @Override
        public final void onImage(GeneratedImage image) {
            finished.add(image.picture());
            onFinished(image);
        }

        /** A picture is finished; later ones of a sequence are still to come. */
        protected abstract void onFinished(GeneratedImage image);

        @Override
        public abstract void close();
    }

    /** A call begins. */
    CallListener begin(Call call);

    /**
     * The engine failed at a picture.
     *
     * @throws EngineException to give up the pictures behind it too, which is what happens where this is not overridden
     */
    default void failed(int index, EngineException failure) {
        throw failure;
    }

    /** A call has ended and its failures have been told. */
    default void settled() {}
}
