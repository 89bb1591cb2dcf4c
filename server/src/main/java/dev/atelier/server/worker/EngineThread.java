package dev.atelier.server.worker;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The platform thread that keeps one device busy. */
final class EngineThread {
    private static final Logger log = LoggerFactory.getLogger(EngineThread.class);

    private final DeviceWorker worker;
    private final Runnable warmUp;
    private final Duration poll;
    private final Semaphore waiting = new Semaphore(0);
    private final Thread thread;
    private volatile boolean running = true;

    /**
     * @param warmUp done once, before the first work
     * @param poll how often it looks for work when nobody tells it of some
     */
    EngineThread(String device, DeviceWorker worker, Runnable warmUp, Duration poll) {
        this.worker = worker;
        this.warmUp = warmUp;
        this.poll = poll;
        thread = Thread.ofPlatform().name("worker-" + device).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Some work waits. */
    void wake() {
        waiting.release();
    }

    /** Hands back what is being made and waits until that is done, at most {@code patience}. */
    void stop(Duration patience) throws InterruptedException {
        running = false;
        worker.stop();
        wake();
        if (!thread.join(patience)) {
            log.warn(
                    "{} did not stop in {} s; its work is taken over once its lease has run out",
                    thread.getName(),
                    patience.toSeconds());
        }
    }

    private void run() {
        warmUp.run();
        while (running) {
            try {
                if (!worker.workOnce()) {
                    waiting.tryAcquire(poll.toMillis(), TimeUnit.MILLISECONDS);
                    waiting.drainPermits();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                running = false;
            } catch (RuntimeException e) {
                // What is held stays held until its lease has run out, and is then taken up again.
                log.error("the queue cannot be used; tried again in {} ms: {}", poll.toMillis(), e.getMessage());
                log.debug("the queue cannot be used", e);
                pause();
            }
        }
    }

    private void pause() {
        try {
            waiting.tryAcquire(poll.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running = false;
        }
    }
}
