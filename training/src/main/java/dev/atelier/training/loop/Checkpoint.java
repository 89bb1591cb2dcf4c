package dev.atelier.training.loop;

import dev.atelier.engine.tensor.EngineException;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.weights.SafetensorsFile;
import dev.atelier.engine.weights.SafetensorsWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * The checkpoint of a run in one safetensors file: the optimiser's flat tensors, and as metadata the {@link Position} and the settings
 * that the run began with. Written beside the old one and moved over it, so that a run killed at any moment finds a whole one.
 */
public final class Checkpoint {
    private static final String FILE = "checkpoint.safetensors";
    private static final String SETTING = "setting.";

    private final Path run;
    private final Map<String, String> settings;

    /** @param settings what a run that goes on must have in common with the one that wrote the checkpoint, by the names of options */
    public Checkpoint(Path run, Map<String, String> settings) {
        this.run = run;
        this.settings = settings;
    }

    public static boolean exists(Path run) {
        return Files.exists(run.resolve(FILE));
    }

    /** @param state flat tensors, by name */
    void write(Position at, Map<String, Tensor> state) {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("step", Long.toString(at.step()));
        metadata.put("stage", Integer.toString(at.stage()));
        metadata.put("stage_step", Long.toString(at.stageStep()));
        metadata.put("seconds", Double.toString(at.seconds()));
        metadata.put("loss", Double.toString(at.smoothedLoss()));
        settings.forEach((name, value) -> metadata.put(SETTING + name, value));
        SafetensorsWriter.write(run.resolve(FILE), state, metadata);
    }

    /**
     * Where the run stands; {@link Position#START} before its first checkpoint.
     *
     * @throws IllegalArgumentException naming a setting that was another, with both values
     */
    public Position read() {
        if (!exists(run)) {
            return Position.START;
        }
        try (SafetensorsFile file = SafetensorsFile.open(run.resolve(FILE))) {
            Map<String, String> metadata = file.metadata();
            settings.forEach((name, value) -> requireSame(name, metadata.get(SETTING + name), value));
            return new Position(
                    Long.parseLong(metadata.get("step")),
                    Integer.parseInt(metadata.get("stage")),
                    Long.parseLong(metadata.get("stage_step")),
                    Double.parseDouble(metadata.get("seconds")),
                    Double.parseDouble(metadata.get("loss")));
        } catch (NumberFormatException | NullPointerException e) {
            throw new EngineException(run.resolve(FILE) + ": no checkpoint of a training", e);
        }
    }

    private void requireSame(String name, String begun, String now) {
        if (!now.equals(begun)) {
            throw new IllegalArgumentException(name + ": " + now + ", but the run in " + run + " was begun with "
                    + begun + "; a run goes on with what it was begun with");
        }
    }

    /**
     * Fills {@code state} with what {@link #write} kept; does nothing before a run's first checkpoint.
     *
     * @throws IllegalArgumentException when it is of a model of another size
     */
    public void restore(Map<String, Tensor> state) {
        if (!exists(run)) {
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
