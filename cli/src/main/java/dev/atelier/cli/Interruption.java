package dev.atelier.cli;

import dev.atelier.engine.pipeline.Cancellation;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C while pictures are made: asks the pipeline to stop after the step it is in and lets the process end (with the exit code
 * that the signal means) once it has, or after {@value #GRACE_SECONDS} seconds.
 */
final class Interruption implements AutoCloseable {
    private static final int GRACE_SECONDS = 10;

    private final Terminal terminal;
    private final Cancellation cancellation = Cancellation.none();
    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "atelier-interrupted");

    private Interruption(Terminal terminal) {
        this.terminal = terminal;
    }

    static Interruption watch(Terminal terminal) {
        Interruption interruption = new Interruption(terminal);
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    Cancellation cancellation() {
        return cancellation;
    }

    private void stop() {
        terminal.note("");
        terminal.note("Stopping after this step.");
        cancellation.cancel();
        try {
            finished.await(GRACE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        finished.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending already; the hook is what ends it.
        }
    }
}
