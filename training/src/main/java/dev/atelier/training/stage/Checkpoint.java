package dev.atelier.training.stage;

import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.weights.SafetensorsFile;
import dev.atelier.engine.weights.SafetensorsWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
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

    public static boolean exists(Path run) {
        return Files.exists(run.resolve(FILE));
    }

    public void write(Path run, Optimizer optimizer) {
        SafetensorsWriter.write(
                run.resolve(FILE),
                optimizer.state(),
                Map.of(
                        "step", Long.toString(step),
                        "stage", Integer.toString(stage),
                        "stage_step", Long.toString(stageStep),
                        "seconds", Double.toString(seconds)));
    }

    public static Checkpoint read(Path run, Optimizer optimizer) {
        try (SafetensorsFile file = SafetensorsFile.open(run.resolve(FILE))) {
            Map<String, String> metadata = file.metadata();
            long step = Long.parseLong(metadata.get("step"));
            Scopes.run(() -> {
                Map<String, Tensor> state = new HashMap<>();
                file.names().forEach(name -> state.put(name, file.tensor(name)));
                optimizer.restore(state, step);
            });
            return new Checkpoint(
                    step,
                    Integer.parseInt(metadata.get("stage")),
                    Long.parseLong(metadata.get("stage_step")),
                    Double.parseDouble(metadata.get("seconds")));
        }
    }
}
