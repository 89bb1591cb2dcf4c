package dev.atelier.training.lora;

import dev.atelier.training.dataset.SkipLog;
import java.nio.file.Path;

/** Hears how a fine-tuning goes on; called on the trainer's thread. */
public interface LoraListener {
    LoraListener NONE = new LoraListener() {};

    /**
     * One update's figures.
     *
     * @param loss smoothed over about twenty updates
     * @param gradientNorm before clipping
     */
    record Progress(
            long step, int steps, double loss, double gradientNorm, double learningRate, double examplesPerSecond) {}

    /** {@code done} of {@code all} pictures are encoded or left out. */
    default void onPrepare(int done, int all) {}

    /** @param examples to train on: pictures times crops @param layers that get an adapter @param firstStep above 0 after a resume */
    default void onStart(int examples, SkipLog skipped, int layers, long firstStep) {}

    default void onStep(Progress progress) {}

    /** Pictures with and without the adapter, and the adapter as it is now, were written. */
    default void onSamples(long step, Path sheet, Path lora) {}
}
