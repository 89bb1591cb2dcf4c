package dev.atelier.training.preference;

import dev.atelier.engine.pipeline.EngineOptions;
import dev.atelier.training.dataset.Feedback;
import java.nio.file.Path;

/**
 * What a preference tuning works on and where its results go.
 *
 * @param model folder of the model; not changed
 * @param run folder of checkpoint, log, encoded pairs, the adapter ({@code preference.safetensors}) and the tuned model ({@code model});
 *     a run that was begun there goes on
 * @param checkpointEvery steps between checkpoints
 * @param guardEvery steps between looks at what the model draws
 */
public record PreferenceJob(
        Path model, EngineOptions options, Feedback feedback, Path run, int checkpointEvery, int guardEvery) {
    public PreferenceJob {
        if (checkpointEvery < 1) {
            throw new IllegalArgumentException("checkpoint-every: " + checkpointEvery + " is below 1");
        }
        if (guardEvery < 1) {
            throw new IllegalArgumentException("guard-every: " + guardEvery + " is below 1");
        }
    }
}
