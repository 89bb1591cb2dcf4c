package dev.atelier.cli;

import dev.atelier.engine.pipeline.GeneratedImage;
import dev.atelier.engine.pipeline.GenerationListener;
import java.util.Locale;
import java.util.function.Consumer;
import me.tongfei.progressbar.ProgressBar;

/**
 * Shows how a generation goes on: on a terminal a bar of the work done and the time left, elsewhere a line a step and, where no steps are
 * counted, a line each tenth. Hands finished images on at once.
 */
final class GenerationProgress implements GenerationListener, AutoCloseable {
    private final Terminal terminal;
    private final Consumer<GeneratedImage> finished;
    private ProgressBar bar;
    private Stage stage = Stage.TEXT;
    private int tenths;
    private String left = "";

    GenerationProgress(Terminal terminal, Consumer<GeneratedImage> finished) {
        this.terminal = terminal;
        this.finished = finished;
    }

    @Override
    public synchronized void onStage(Stage stage, int image) {
        this.stage = stage;
        if (!terminal.interactive() && stage != Stage.DENOISE) {
            terminal.note("image " + (image + 1) + ": " + stage.name().toLowerCase(Locale.ROOT));
        }
    }

    @Override
    public synchronized void onStep(StepProgress progress) {
        if (terminal.interactive()) {
            String image = "image " + (progress.image() + 1) + "/" + progress.images();
            bar().setExtraMessage(image + ", step " + progress.step() + "/" + progress.steps() + left);
            return;
        }
        terminal.note(String.format(
                Locale.ROOT,
                "image %d/%d: step %d/%d, %s a step%s",
                progress.image() + 1,
                progress.images(),
                progress.step(),
                progress.steps(),
                Sizes.seconds(progress.secondsPerStep()),
                left));
    }

    @Override
    public synchronized void onProgress(WorkProgress progress) {
        left = progress.secondsLeft() < 0 ? "" : ", about " + Sizes.wholeSeconds(progress.secondsLeft()) + " left";
        int percent = (int) (progress.fraction() * 100);
        if (terminal.interactive()) {
            bar().stepTo(percent);
            if (stage != Stage.DENOISE) {
                bar().setExtraMessage(stage.name().toLowerCase(Locale.ROOT) + left);
            }
        } else if (percent / 10 > tenths && stage != Stage.DENOISE && percent < 100) {
            terminal.note(percent + "% done" + left);
        }
        tenths = Math.max(tenths, percent / 10);
    }

    private ProgressBar bar() {
        if (bar == null) {
            bar = Progress.percent(terminal);
        }
        return bar;
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
