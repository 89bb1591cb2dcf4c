package dev.atelier.training.lora;

import dev.atelier.engine.tensor.EngineException;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.weights.SafetensorsFile;
import dev.atelier.engine.weights.SafetensorsWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * Where a fine-tuning stands: the optimiser's tensors, the step, and the settings that it was begun with, in one file that is replaced
 * as a whole.
 */
final class LoraCheckpoint {
    private static final String FILE = "checkpoint.safetensors";
    private static final String SETTING = "setting.";

    private final Path file;
    private final Map<String, String> settings;

    /** @param settings all that the result depends on, by the names of the options */
    LoraCheckpoint(Path run, Map<String, String> settings) {
        file = run.resolve(FILE);
        this.settings = settings;
    }

    static boolean exists(Path run) {
        return Files.exists(run.resolve(FILE));
    }

    void write(AdamW optimizer, long step, double loss) {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("step", Long.toString(step));
        metadata.put("loss", Double.toString(loss));
        settings.forEach((name, value) -> metadata.put(SETTING + name, value));
        SafetensorsWriter.write(file, optimizer.state(), metadata);
    }

    /** @param loss smoothed; not a number before the first step */
    record Place(long step, double loss) {
        static final Place START = new Place(0, Double.NaN);
    }

    /**
     * Takes {@code optimizer} to where it stood.
     *
     * @throws IllegalArgumentException naming a setting that was another, with both values
     */
    Place restore(AdamW optimizer) {
        try (SafetensorsFile open = SafetensorsFile.open(file)) {
            Map<String, String> metadata = open.metadata();
            settings.forEach((name, value) -> requireSame(name, metadata.get(SETTING + name), value));
            long step = Long.parseLong(metadata.get("step"));
            Scopes.run(() -> {
                Map<String, Tensor> state = new HashMap<>();
                open.names().forEach(name -> state.put(name, open.tensor(name)));
                optimizer.restore(state, step);
            });
            return new Place(step, Double.parseDouble(metadata.get("loss")));
        } catch (NumberFormatException | NullPointerException e) {
            throw new EngineException(file + ": no checkpoint of a fine-tuning", e);
        }
    }

    private void requireSame(String name, String begun, String now) {
        if (!now.equals(begun)) {
            throw new IllegalArgumentException(name + ": " + now + ", but the run in " + file.getParent()
                    + " was begun with " + begun + "; a run goes on with what it was begun with");
        }
    }
}
