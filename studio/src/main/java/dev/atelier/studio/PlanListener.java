package dev.atelier.studio;

import dev.atelier.engine.pipeline.GenerationListener;
import dev.atelier.engine.tensor.EngineException;
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
    interface CallListener extends GenerationListener, AutoCloseable {
        @Override
        void close();
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
