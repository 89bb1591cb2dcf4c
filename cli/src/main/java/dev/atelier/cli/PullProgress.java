package dev.atelier.cli;

import dev.atelier.hub.PullListener;
import java.nio.file.Path;
import java.time.Duration;
import me.tongfei.progressbar.ProgressBar;

/** Shows a pull: one bar on a terminal, a line a file elsewhere. */
final class PullProgress implements PullListener, AutoCloseable {
    private final Terminal terminal;
    private final String model;
    private ProgressBar bar;

    private PullProgress(Terminal terminal, String model) {
        this.terminal = terminal;
        this.model = model;
    }

    static PullProgress on(Terminal terminal, String model) {
        return new PullProgress(terminal, model);
    }

    @Override
    public synchronized void onWaiting(Path folder) {
        terminal.note("Another process is pulling " + model + "; waiting for it.");
    }

    @Override
    public synchronized void onPlan(String commit, int files, long bytes, long present) {
        if (present == bytes) {
            terminal.note(model + " (" + commit.substring(0, 8) + "): all " + files + " files, " + Sizes.bytes(bytes)
                    + ", are here.");
            return;
        }
        terminal.note(model + " (" + commit.substring(0, 8) + "): " + files + " files, " + Sizes.bytes(bytes)
                + (present > 0 ? ", of which " + Sizes.bytes(present) + " are here" : "") + ".");
        if (terminal.interactive()) {
            bar = Progress.bytes(terminal, "pull", bytes);
            bar.stepTo(present);
        }
    }

    @Override
    public synchronized void onBytes(long bytes) {
        if (bar != null) {
            bar.stepTo(Math.max(0, bar.getCurrent() + bytes));
        }
    }

    @Override
    public synchronized void onFile(String path, long bytes) {
        if (bar == null) {
            terminal.note("  " + path + "  " + Sizes.bytes(bytes));
        } else {
            bar.setExtraMessage(" " + path);
        }
    }

    @Override
    public synchronized void onRetry(String what, String reason, Duration pause) {
        terminal.note("  " + what + ": " + reason + "; trying again in " + pause.toSeconds() + " s");
    }

    @Override
    public synchronized void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
