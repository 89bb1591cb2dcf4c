package dev.atelier.server.operation;

import dev.atelier.server.prediction.PredictionRepository;
import dev.atelier.server.queue.WorkQueue;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** How much waits, and for how long; read from the database when the metrics are, so every node tells the same. */
@Component
class QueueMetrics implements MeterBinder {
    private final PredictionRepository predictions;
    private final WorkQueue queue;
    private final Clock clock;

    QueueMetrics(PredictionRepository predictions, WorkQueue queue, Clock clock) {
        this.predictions = predictions;
        this.queue = queue;
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("atelier.queue.depth", predictions, PredictionRepository::waiting)
                .description("predictions that wait")
                .register(registry);
        Gauge.builder("atelier.queue.age", this, QueueMetrics::oldestSeconds)
                .description("how long the one that waits longest has waited")
                .baseUnit("seconds")
                .register(registry);
    }

    private double oldestSeconds() {
        return queue.oldestWaiting()
                .map(since -> Duration.between(since, clock.instant()).toMillis() / 1000.0)
                .orElse(0.0);
    }
}
