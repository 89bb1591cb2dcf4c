package dev.atelier.training.lora;

import dev.atelier.training.dataset.SkipLog;
import dev.atelier.training.loop.TrainingListener;

/** Hears how an adapter is trained; called on the trainer's thread. */
public interface TuningListener extends TrainingListener {
    /** {@code done} of {@code all} entries are encoded or left out. */
    default void onEncoded(int done, int all) {}

    /**
     * Training begins.
     *
     * @param examples that can be used
     * @param layers that get an adapter
     * @param firstStep above 0 after a resume
     */
    default void onStart(int examples, SkipLog skipped, int layers, long firstStep) {}
}
