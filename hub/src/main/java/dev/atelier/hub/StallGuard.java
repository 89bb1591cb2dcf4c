package dev.atelier.hub;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Closes the bodies of answers whose server has gone silent, so that reading them fails instead of waiting for ever. */
final class StallGuard implements AutoCloseable {
    private final long timeoutNanos;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().daemon().name("atelier-pull-watch").unstarted(task));

    StallGuard(Duration timeout) {
        timeoutNanos = timeout.toNanos();
    }

    /** A body under watch. */
    final class Watched implements AutoCloseable {
        private final InputStream body;
        private final Future<?> check;
        private volatile long readingSince;
        private volatile boolean reading;

        private Watched(InputStream body) {
            this.body = body;
            long period = Math.max(1, timeoutNanos / 4);
            check = watch.scheduleWithFixedDelay(this::closeIfSilent, period, period, TimeUnit.NANOSECONDS);
        }

        int read(byte[] buffer) throws IOException {
            readingSince = System.nanoTime();
            reading = true;
            try {
                return body.read(buffer);
            } finally {
                reading = false;
            }
        }

        private void closeIfSilent() {
            if (reading && System.nanoTime() - readingSince > timeoutNanos) {
                close();
            }
        }

        @Override
        public void close() {
            check.cancel(false);
            try {
                body.close();
            } catch (IOException e) {
                // Whoever reads hears of it.
            }
        }
    }

    Watched watch(InputStream body) {
        return new Watched(body);
    }

    @Override
    public void close() {
        watch.shutdownNow();
    }
}
