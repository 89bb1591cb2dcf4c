package dev.atelier.training.lora;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import tools.jackson.databind.json.JsonMapper;

/** {@code log.jsonl}: the figures of every update, one object a line; a resumed run appends. */
final class LoraLog implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final BufferedWriter writer;

    LoraLog(Path run) throws IOException {
        writer =
                Files.newBufferedWriter(run.resolve("log.jsonl"), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    void write(LoraListener.Progress progress, double loss) {
        var line = JSON.createObjectNode()
                .put("step", progress.step())
                .put("loss", loss)
                .put("smoothed_loss", progress.loss())
                .put("gradient_norm", progress.gradientNorm())
                .put("learning_rate", progress.learningRate())
                .put("examples_per_second", progress.examplesPerSecond());
        try {
            writer.write(JSON.writeValueAsString(line));
            writer.newLine();
            writer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
