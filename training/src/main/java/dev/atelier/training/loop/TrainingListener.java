package dev.atelier.training.loop;

import java.nio.file.Path;
import java.util.List;

/** Hears how a run goes on. */
public interface TrainingListener {
    /**
     * One step's figures.
     *
     * @param used share of the run, 0 to 1
     * @param loss smoothed over about fifty steps
     * @param learningRate AdamW's
     * @param waitedShare share of the time spent waiting for examples
     */
    record Progress(
            String stage,
            long step,
            double used,
            double loss,
            double gradientNorm,
            double learningRate,
            double examplesPerSecond,
            double waitedShare) {}

    default void onPrepare(String what) {}

    default void onStep(Progress progress) {}

    /** A model folder with the averaged weights was written, to stay. */
    default void onModel(Path folder, long step) {}

    /** The averaged weights were written to be looked at, into a folder that the next snapshot overwrites; also when a run ends. */
    default void onSnapshot(Path folder, long step) {}

    /** A listener that tells all of {@code listeners}, in order. */
    static TrainingListener of(TrainingListener... listeners) {
        List<TrainingListener> all = List.of(listeners);
        return new TrainingListener() {
            @Override
            public void onPrepare(String what) {
                all.forEach(l -> l.onPrepare(what));
            }

            @Override
            public void onStep(Progress progress) {
                all.forEach(l -> l.onStep(progress));
            }

            @Override
            public void onModel(Path folder, long step) {
                all.forEach(l -> l.onModel(folder, step));
            }

            @Override
            public void onSnapshot(Path folder, long step) {
                all.forEach(l -> l.onSnapshot(folder, step));
            }
        };
    }
}
