package dev.atelier.cli;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Progress bars of one look. */
final class Progress {
    private static final int MILLIS = 200;

    private Progress() {}

    static ProgressBar bytes(Terminal terminal, String task, long max) {
        return bar(terminal, task, max).setUnit(" MB", 1_000_000).showSpeed().build();
    }

    /** Of a whole that knows its time left itself. */
    static ProgressBar percent(Terminal terminal) {
        return bar(terminal, "", 100).hideEta().build();
    }

    /** A bar whose message says how long it will take, so that it guesses no time itself. */
    static ProgressBar share(Terminal terminal, String task, long max) {
        return bar(terminal, task, max).hideEta().build();
    }

    private static ProgressBarBuilder bar(Terminal terminal, String task, long max) {
        return new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(max)
                .setUpdateIntervalMillis(MILLIS)
                .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                .setConsumer(new ConsoleProgressBarConsumer(terminal.err()));
    }
}
