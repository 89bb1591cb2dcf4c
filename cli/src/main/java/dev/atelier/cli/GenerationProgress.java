package dev.atelier.cli;

import dev.atelier.engine.pipeline.GeneratedImage;
import dev.atelier.engine.pipeline.GenerationListener;
import java.util.Locale;
import java.util.function.Consumer;
import me.tongfei.progressbar.ProgressBar;

/** Shows how a generation goes on: a bar of steps on a terminal, a line a step elsewhere. Hands finished images on at once. */
final class GenerationProgress implements GenerationListener, AutoCloseable {
    private final Terminal terminal;
    private final Consumer<GeneratedImage> finished;
    private ProgressBar bar;
    private int barImage = -1;

    GenerationProgress(Terminal terminal, Consumer<GeneratedImage> finished) {
        this.terminal = terminal;
        this.finished = finished;
    }

    @Override
    public synchronized void onStage(Stage stage, int image) {
        if (!terminal.interactive() && stage != Stage.DENOISE) {
            terminal.note("image " + (image + 1) + ": " + stage.name().toLowerCase(Locale.ROOT));
        }
    }

    @Override
    public synchronized void onStep(StepProgress progress) {
        if (!terminal.interactive()) {
            terminal.note(String.format(
                    Locale.ROOT,
                    "image %d/%d: step %d/%d, %s a step",
                    progress.image() + 1,
                    progress.images(),
                    progress.step(),
                    progress.steps(),
                    Sizes.seconds(progress.secondsPerStep())));
            return;
        }
        if (bar == null || barImage != progress.image()) {
            close();
            String task =
                    progress.images() == 1 ? "image" : "image " + (progress.image() + 1) + "/" + progress.images();
            bar = Progress.steps(terminal, task, progress.steps());
            barImage = progress.image();
        }
        bar.stepTo(progress.step());
    }

    @Override
    public synchronized void onImage(GeneratedImage image) {
        close();
        finished.accept(image);
    }

    @Override
    public synchronized void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
