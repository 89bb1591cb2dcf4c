package dev.atelier.training.lora;

import java.nio.file.Path;

/** Hears how a fine-tuning goes on; called on the trainer's thread. */
public interface LoraListener extends TuningListener {
    LoraListener NONE = new LoraListener() {};

    /** Pictures with and without the adapter, and the adapter as it is now, were written. */
    default void onSamples(long step, Path sheet, Path lora) {}
}
