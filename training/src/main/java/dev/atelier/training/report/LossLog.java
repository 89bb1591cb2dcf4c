package dev.atelier.training.report;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The losses in a run's {@code log.jsonl}. */
final class LossLog {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private LossLog() {}

    /**
     * One step.
     *
     * @param byNoise losses at the noise levels of equal bins from 0 to 1, NaN where the step had no such example; empty when not logged
     */
    record Entry(String stage, long step, double loss, double[] byNoise) {}

    /**
     * Entries in the order of steps. Where a run was killed and went on from an earlier checkpoint, the steps made again count; lines
     * that are not whole (of a process killed while it wrote) and losses that are not numbers are left out.
     */
    static List<Entry> read(Path file) {
        List<Entry> out = new ArrayList<>();
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Entry entry = parse(line);
                if (entry != null) {
                    while (!out.isEmpty() && out.getLast().step() >= entry.step()) {
                        out.removeLast();
                    }
                    out.add(entry);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out;
    }

    private static Entry parse(String line) {
        try {
            JsonNode node = JSON.readTree(line);
            JsonNode loss = node.path("loss");
            if (!loss.isNumber() || !node.path("step").isNumber()) {
                return null;
            }
            JsonNode bins = node.path("loss_by_noise");
            double[] byNoise = new double[bins.size()];
            for (int i = 0; i < byNoise.length; i++) {
                byNoise[i] = bins.get(i).isNumber() ? bins.get(i).doubleValue() : Double.NaN;
            }
            return new Entry(node.path("stage").asString(), node.path("step").longValue(), loss.doubleValue(), byNoise);
        } catch (JacksonException e) {
            return null;
        }
    }
}
