package dev.atelier.training.lora;

import dev.atelier.training.dataset.SkipLog;
import dev.atelier.training.loop.TrainingListener;
import java.nio.file.Path;

/** Hears how a fine-tuning goes on; called on the trainer's thread. */
public interface LoraListener extends TrainingListener {
    LoraListener NONE = new LoraListener() {};

    /** {@code done} of {@code all} pictures are encoded or left out. */
    default void onEncoded(int done, int all) {}

    /**
     * Training begins.
     *
     * @param examples pictures times crops
     * @param layers that get an adapter
     * @param firstStep above 0 after a resume
     */
    default void onStart(int examples, SkipLog skipped, int layers, long firstStep) {}

    /** Pictures with and without the adapter, and the adapter as it is now, were written. */
    default void onSamples(long step, Path sheet, Path lora) {}
}
