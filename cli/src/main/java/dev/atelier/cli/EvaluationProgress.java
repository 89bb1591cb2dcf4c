package dev.atelier.cli;

import dev.atelier.training.evaluation.EvaluationListener;
import dev.atelier.training.evaluation.Exam;
import dev.atelier.training.evaluation.Part;
import me.tongfei.progressbar.ProgressBar;

/** Shows how an evaluation goes on: a bar a part on a terminal, a line now and then elsewhere. */
final class EvaluationProgress implements EvaluationListener, AutoCloseable {
    private static final int PERCENT = 100;
    private static final int LINES = 10;

    private final Terminal terminal;
    private ProgressBar bar;
    private String task = "";

    EvaluationProgress(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public synchronized void onProbe(double used) {
        show("probe", (int) Math.round(PERCENT * used), PERCENT);
    }

    @Override
    public synchronized void onPicture(Part part, int done, int total) {
        show(part.label(), done, total);
    }

    @Override
    public synchronized void onExam(Exam exam, int done, int total) {
        show(exam.label(), done, total);
    }

    private void show(String name, int done, int total) {
        if (!terminal.interactive()) {
            boolean tenth = done * LINES / total != (done - 1) * LINES / total;
            boolean repeated = task.equals(name + done);
            if (tenth && !repeated) {
                terminal.note(name + ": " + done + " of " + total);
                task = name + done;
            }
            return;
        }
        if (bar == null || !task.equals(name)) {
            finish();
            bar = Progress.share(terminal, name, total);
            task = name;
        }
        bar.stepTo(done);
    }

    /** Ends the bar that is shown. */
    synchronized void finish() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }

    @Override
    public void close() {
        finish();
    }
}
