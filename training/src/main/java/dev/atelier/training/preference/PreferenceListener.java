package dev.atelier.training.preference;

import dev.atelier.training.lora.TuningListener;

/** Hears how a preference tuning goes on; called on the trainer's thread. */
public interface PreferenceListener extends TuningListener {
    PreferenceListener NONE = new PreferenceListener() {};

    /**
     * The run ends here with the weights of {@code kept}, the last step whose pictures were in order.
     *
     * @param fault what its pictures have lost
     */
    default void onStopped(long step, long kept, String fault) {}
}
