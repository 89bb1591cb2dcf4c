package dev.atelier.server.arena;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Brings promotions that other nodes make or take back into this process's catalog. */
@Component
class AliasWatch implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(AliasWatch.class);
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Promotions promotions;
    private ScheduledExecutorService timer;

    AliasWatch(Promotions promotions) {
        this.promotions = promotions;
    }

    @Override
    public synchronized void start() {
        timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("aliases").daemon().factory());
        timer.scheduleWithFixedDelay(this::look, PAUSE.toMillis(), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** A task that throws is never run again. */
    private void look() {
        try {
            promotions.apply();
        } catch (RuntimeException e) {
            log.debug("promotions are looked at again in {}: {}", PAUSE, e.getMessage());
        }
    }

    @Override
    public synchronized void stop() {
        if (timer != null) {
            timer.shutdown();
            timer = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return timer != null;
    }
}
