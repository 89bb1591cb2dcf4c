package dev.atelier.training.lora;

import dev.atelier.engine.pipeline.EngineOptions;
import dev.atelier.training.dataset.PictureDataset;
import java.nio.file.Path;
import java.util.List;

/**
 * What a fine-tuning works on and where its results go.
 *
 * @param model folder of the base
 * @param output the adapter's file
 * @param run folder of checkpoint, log, encoded examples and samples
 * @param resume goes on from the run's checkpoint, which must be there; otherwise there must be none
 */
public record LoraJob(
        Path model, EngineOptions options, PictureDataset data, Path output, Path run, boolean resume, Watch watch) {
    /**
     * How the run is watched and kept.
     *
     * @param checkpointEvery steps between checkpoints
     * @param sampleEvery steps between sample sheets; 0: none
     * @param prompts of the samples; empty: the first captions of the dataset, with their references
     */
    public record Watch(int checkpointEvery, int sampleEvery, List<String> prompts) {
        private static final int MAX_PROMPTS = 16;

        public Watch {
            prompts = List.copyOf(prompts);
            if (checkpointEvery < 1) {
                throw new IllegalArgumentException("checkpoint-every: " + checkpointEvery + " is below 1");
            }
            if (sampleEvery < 0) {
                throw new IllegalArgumentException("sample-every: " + sampleEvery + " is below 0");
            }
            if (prompts.size() > MAX_PROMPTS) {
                throw new IllegalArgumentException(
                        "sample-prompt: " + prompts.size() + " given; at most " + MAX_PROMPTS + " are drawn");
            }
        }
    }
}
