package dev.atelier.training.stage;

import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.weights.SafetensorsFile;
import dev.atelier.engine.weights.SafetensorsWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * Where a run stands, in one safetensors file: the optimiser's flat tensors, and as metadata the step, the stage and the clock.
 * Written beside the old one and moved over it, so that a run killed at any moment finds a whole one.
 *
 * @param step updates made in the whole run
 * @param stage index of the present stage
 * @param stageStep updates made in this stage
 * @param seconds trained so far
 */
public record Checkpoint(long step, int stage, long stageStep, double seconds) {
    public static final Checkpoint START = new Checkpoint(0, 0, 0, 0);

    private static final String FILE = "checkpoint.safetensors";

    /** @param state flat tensors, by name */
    public void write(Path run, Map<String, Tensor> state) {
        SafetensorsWriter.write(
                run.resolve(FILE),
                state,
                Map.of(
                        "step", Long.toString(step),
                        "stage", Integer.toString(stage),
                        "stage_step", Long.toString(stageStep),
                        "seconds", Double.toString(seconds)));
    }

    /** Where the run in {@code run} stands; {@link #START} before its first checkpoint. */
    public static Checkpoint read(Path run) {
        if (!Files.exists(run.resolve(FILE))) {
            return START;
        }
        try (SafetensorsFile file = SafetensorsFile.open(run.resolve(FILE))) {
            Map<String, String> metadata = file.metadata();
            return new Checkpoint(
                    Long.parseLong(metadata.get("step")),
                    Integer.parseInt(metadata.get("stage")),
                    Long.parseLong(metadata.get("stage_step")),
                    Double.parseDouble(metadata.get("seconds")));
        }
    }

    /**
     * Fills {@code state} with what {@link #write} kept; does nothing before a run's first checkpoint.
     *
     * @throws IllegalArgumentException when it is of a model of another size
     */
    public static void restore(Path run, Map<String, Tensor> state) {
        if (!Files.exists(run.resolve(FILE))) {
            return;
        }
        try (SafetensorsFile file = SafetensorsFile.open(run.resolve(FILE));
                var _ = new NoGradGuard()) {
            Scopes.run(() -> state.forEach((name, tensor) -> {
                Tensor kept = file.tensor(name);
                if (kept.numel() != tensor.numel()) {
                    throw new IllegalArgumentException(run.resolve(FILE) + ": " + name + ": " + kept.numel()
                            + " numbers; the recipe describes a model of " + tensor.numel()
                            + ". Go on with the recipe that the run began with, or in another folder");
                }
                tensor.copy_(kept);
            }));
        }
    }
}
