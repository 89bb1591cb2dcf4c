package dev.atelier.cli;

import dev.atelier.training.loop.TrainingListener;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;

/** Shows how a training goes on: a bar of the run's share on a terminal, a line every ten seconds elsewhere. */
final class TrainingProgress implements TrainingListener, AutoCloseable {
    /** Between lines where nobody watches. */
    private static final Duration EVERY = Duration.ofSeconds(10);

    private static final int PERCENT = 100;

    private final Terminal terminal;
    private final InstantSource clock;
    private ProgressBar bar;
    private String stage = "";
    private long begin;
    private double usedBefore;
    private long lastLine;

    TrainingProgress(Terminal terminal, InstantSource clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public void onPrepare(String what) {
        note(what);
    }

    @Override
    public void onStep(Progress progress) {
        long now = clock.millis();
        boolean newStage = !progress.stage().equals(stage);
        if (stage.isEmpty() || progress.used() < usedBefore) {
            begin = now;
            usedBefore = progress.used();
        }
        stage = progress.stage();
        if (terminal.interactive()) {
            draw(progress, now);
        } else if (newStage || now - lastLine >= EVERY.toMillis()) {
            lastLine = now;
            terminal.note(line(progress, now));
        }
    }

    private void draw(Progress progress, long now) {
        if (bar == null) {
            bar = dev.atelier.cli.Progress.share(terminal, "train", PERCENT);
        }
        bar.stepTo(Math.round(PERCENT * progress.used()));
        bar.setExtraMessage(brief(progress, now));
    }

    /** The same figures in fewer columns, those that matter most first: the end is cut off in a narrow terminal. */
    private String brief(Progress p, long now) {
        return String.format(
                Locale.ROOT,
                " %s %d  loss %.4f  %s left  %.1f/s  rate %.2g  waited %.1f %%",
                p.stage(),
                p.step(),
                p.loss(),
                left(p, now),
                p.examplesPerSecond(),
                p.learningRate(),
                100 * p.waitedShare());
    }

    private String line(Progress p, long now) {
        return String.format(
                Locale.ROOT,
                "%s  step %d (%.1f %%)  loss %.4f  rate %.2g  %.1f examples/s  %s left  waited %.1f %%",
                p.stage(),
                p.step(),
                100 * p.used(),
                p.loss(),
                p.learningRate(),
                p.examplesPerSecond(),
                left(p, now),
                100 * p.waitedShare());
    }

    /** Time to the end at the pace since this process began; resumed runs begin above 0. */
    private String left(Progress p, long now) {
        double done = p.used() - usedBefore;
        if (done <= 0) {
            return "?";
        }
        Duration left = Duration.ofSeconds(Math.round((now - begin) / 1000.0 * (1 - p.used()) / done));
        return left.toHours() > 0
                ? String.format(Locale.ROOT, "%d h %02d min", left.toHours(), left.toMinutesPart())
                : String.format(Locale.ROOT, "%d:%02d min", left.toMinutes(), left.toSecondsPart());
    }

    @Override
    public void onModel(Path folder, long step) {
        note("step " + step + ": " + folder);
    }

    /** A line of its own, above the bar if there is one. */
    void note(String line) {
        close();
        terminal.note(line);
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
