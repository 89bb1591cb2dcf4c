package dev.atelier.server.worker;

import dev.atelier.engine.pipeline.GenerationListener.Stage;
import dev.atelier.engine.pipeline.GenerationListener.StepProgress;
import dev.atelier.server.prediction.Prediction;
import dev.atelier.server.prediction.PredictionOutput;
import dev.atelier.server.prediction.Status;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** What an operator sees of the making of pictures. */
@Component
class WorkerMetrics {
    private final MeterRegistry registry;
    private Stage stage;
    private long stageStart;

    WorkerMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** A stage begins, and the one before it has ended. On the device's thread. */
    void stage(Stage next) {
        endStage();
        stage = next;
        stageStart = System.nanoTime();
    }

    /** The call has ended, and its last stage with it. */
    void endStage() {
        if (stage != null) {
            Timer.builder("atelier.stage")
                    .description("time in the stages of a generation")
                    .tag("stage", stage.name().toLowerCase(Locale.ROOT))
                    .register(registry)
                    .record(Duration.ofNanos(System.nanoTime() - stageStart));
        }
        stage = null;
    }

    void step(StepProgress step) {
        registry.counter("atelier.steps").increment();
        registry.summary("atelier.step.seconds").record(step.secondsPerStep());
    }

    void started(Prediction prediction) {
        Duration waited = Duration.between(
                prediction.times().createdAt(), prediction.times().startedAt());
        registry.timer("atelier.queue.time").record(waited.isNegative() ? Duration.ZERO : waited);
    }

    void ended(Prediction prediction, Failure.Reason reason) {
        registry.counter("atelier.predictions", "status", prediction.status().label(), "reason", reason.label())
                .increment();
        long images = prediction.outputs().stream()
                .filter(PredictionOutput::succeeded)
                .count();
        registry.counter("atelier.images").increment(images);
        if (prediction.status() == Status.COMPLETED) {
            registry.timer("atelier.prediction.time")
                    .record(Duration.between(
                            prediction.times().startedAt(), prediction.times().completedAt()));
        }
    }
}
