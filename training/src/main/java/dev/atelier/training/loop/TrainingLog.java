package dev.atelier.training.loop;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** One JSON object a step, appended; a resumed run goes on in the same file. */
public final class TrainingLog implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final BufferedWriter writer;

    public TrainingLog(Path file) {
        try {
            writer = Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @param loss of this step alone
     * @param details more of this step: names to numbers, texts or lists
     */
    public void write(TrainingListener.Progress progress, double loss, Map<String, ?> details) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("step", progress.step());
        line.put("stage", progress.stage());
        line.put("loss", round(loss));
        line.put("smoothed_loss", round(progress.loss()));
        line.put("gradient_norm", round(progress.gradientNorm()));
        line.put("learning_rate", progress.learningRate());
        line.put("examples_per_second", round(progress.examplesPerSecond()));
        line.put("waited_share", round(progress.waitedShare()));
        line.putAll(details);
        try {
            writer.write(JSON.writeValueAsString(line));
            writer.newLine();
            writer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Five digits are enough to draw; what is no number becomes a text, as JSON has none. */
    public static Object round(double value) {
        return Double.isFinite(value) ? Math.round(value * 1e5) / 1e5 : String.valueOf(value);
    }

    @Override
    public void close() {
        try {
            writer.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
