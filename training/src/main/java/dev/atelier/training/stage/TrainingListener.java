package dev.atelier.training.stage;

import java.nio.file.Path;

/** Hears how a run goes on. */
public interface TrainingListener {
    /**
     * One step's figures.
     *
     * @param used share of the run, 0 to 1
     * @param loss smoothed over about fifty steps
     * @param waitedShare share of the time spent waiting for examples
     */
    record Progress(
            String stage,
            long step,
            double used,
            double loss,
            double gradientNorm,
            double examplesPerSecond,
            double waitedShare) {}

    default void onPrepare(String what) {}

    default void onStep(Progress progress) {}

    /** A model folder with the averaged weights was written. */
    default void onModel(Path folder, long step) {}
}
