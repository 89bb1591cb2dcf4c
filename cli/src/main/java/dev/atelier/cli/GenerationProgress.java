package dev.atelier.cli;

import dev.atelier.engine.pipeline.GeneratedImage;
import dev.atelier.studio.PlanListener;
import java.util.Locale;
import java.util.function.BiConsumer;
import me.tongfei.progressbar.ProgressBar;

/**
 * Shows how a generation goes on: on a terminal a bar of the work done and the time left, elsewhere a line a step and, where no steps are
 * counted, a line each tenth. Hands finished images on at once.
 */
final class GenerationProgress extends PlanListener.CallListener {
    private final Terminal terminal;
    private final PlanListener.Call call;
    private final BiConsumer<Integer, GeneratedImage> finished;
    private ProgressBar bar;
    private Stage stage = Stage.TEXT;
    private int tenths;
    private String left = "";

    /** @param finished hears of each finished picture with its index in the plan */
    GenerationProgress(Terminal terminal, PlanListener.Call call, BiConsumer<Integer, GeneratedImage> finished) {
        this.terminal = terminal;
        this.call = call;
        this.finished = finished;
    }

    @Override
    public synchronized void onStage(Stage stage, int image) {
        this.stage = stage;
        if (!terminal.interactive() && stage != Stage.DENOISE) {
            terminal.note("image " + (index(image) + 1) + ": " + stage.name().toLowerCase(Locale.ROOT));
        }
    }

    @Override
    public synchronized void onStep(StepProgress progress) {
        if (terminal.interactive()) {
            String image = "image " + (index(progress.image()) + 1) + "/" + call.planned();
            bar().setExtraMessage(image + ", step " + progress.step() + "/" + progress.steps() + left);
            return;
        }
        terminal.note(String.format(
                Locale.ROOT,
                "image %d/%d: step %d/%d, %s a step%s",
                index(progress.image()) + 1,
                call.planned(),
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

    /** In the plan. */
    private int index(int ofCall) {
        return call.indices().get(ofCall);
    }

    private ProgressBar bar() {
        if (bar == null) {
            bar = Progress.percent(terminal);
        }
        return bar;
    }

    @Override
    protected synchronized void onFinished(GeneratedImage image) {
        close();
        finished.accept(index(image.index()), image);
    }

    @Override
    public synchronized void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
