package dev.atelier.cli;

import dev.atelier.training.dataset.SkipLog;
import dev.atelier.training.lora.LoraListener;
import dev.atelier.training.preference.PreferenceListener;
import java.nio.file.Path;
import me.tongfei.progressbar.ProgressBar;

/** Shows how an adapter is trained: pictures being encoded, what was left out and why, then as any training. */
final class TuningProgress implements LoraListener, PreferenceListener, AutoCloseable {
    private final Terminal terminal;
    private final TrainingProgress training;
    private ProgressBar encoding;

    TuningProgress(Terminal terminal, TrainingProgress training) {
        this.terminal = terminal;
        this.training = training;
    }

    @Override
    public void onEncoded(int done, int all) {
        if (!terminal.interactive()) {
            return;
        }
        if (encoding == null) {
            encoding = dev.atelier.cli.Progress.share(terminal, "encode", all);
        }
        encoding.stepTo(done);
    }

    @Override
    public void onStart(int examples, SkipLog skipped, int layers, long firstStep) {
        close();
        if (skipped.total() > 0) {
            terminal.note("left out: " + skipped.total());
            skipped.lines().forEach(line -> terminal.note("  " + line));
        }
        String begin = firstStep == 0 ? "" : ", from step " + firstStep;
        terminal.note(examples + " examples, adapters around " + layers + " layers" + begin);
    }

    @Override
    public void onStep(Progress progress) {
        training.onStep(progress);
    }

    @Override
    public void onSamples(long step, Path sheet, Path lora) {
        training.note("step " + step + ": " + sheet + ", " + lora);
    }

    @Override
    public void onStopped(long step, long kept, String fault) {
        training.note("stopped at step " + step + ": " + fault + "; the weights of step " + kept + " are kept");
    }

    @Override
    public void close() {
        if (encoding != null) {
            encoding.close();
            encoding = null;
        }
    }
}
