package dev.atelier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.training.loop.TrainingListener;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TrainingProgressTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Instant now = Instant.EPOCH;

    @Test
    void elsewhereThanOnATerminalALineComesEveryTenSecondsAndAtEachNewStage() {
        try (TrainingProgress progress = progress(false)) {
            progress.onStep(step("pretrain", 1, 0.01));
            for (int i = 2; i <= 20; i++) {
                now = now.plusSeconds(1);
                progress.onStep(step("pretrain", i, i / 100.0));
            }
            progress.onStep(step("continue", 21, 0.21));
        }

        assertThat(text().lines())
                .hasSize(3)
                .satisfiesExactly(
                        first -> assertThat(first)
                                .startsWith("pretrain  step 1 (1.0 %)")
                                .contains("? left"),
                        later -> assertThat(later)
                                .startsWith("pretrain  step 11 (11.0 %)")
                                .contains("loss 0.5000", "rate 0.0010", "12.3 examples/s", "1:29 min left")
                                .endsWith("waited 2.0 %"),
                        next -> assertThat(next).startsWith("continue  step 21"));
    }

    @Test
    void aResumedRunReckonsTheTimeLeftFromItsOwnPace() {
        try (TrainingProgress progress = progress(false)) {
            progress.onStep(step("continue", 901, 0.9));
            now = now.plusSeconds(3600);
            progress.onStep(step("continue", 931, 0.92));
        }

        assertThat(text().lines().toList().getLast()).contains("4 h 00 min left");
    }

    @Test
    void onATerminalABarShowsTheShareAndTheFigures() {
        try (TrainingProgress progress = progress(true)) {
            progress.onStep(step("pretrain", 40, 0.4));
            progress.onModel(Path.of("runs", "model-40"), 40);
            progress.onStep(step("pretrain", 41, 0.41));
        }

        assertThat(text())
                .contains("40%", "pretrain 40  loss 0.5000", "step 40: " + Path.of("runs", "model-40"), "41%");
    }

    private TrainingProgress progress(boolean interactive) {
        PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
        return new TrainingProgress(new Terminal(stream, stream, interactive), () -> now);
    }

    private String text() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private static TrainingListener.Progress step(String stage, long step, double used) {
        return new TrainingListener.Progress(stage, step, used, 0.5, 1, 0.001, 12.3, 0.02);
    }
}
