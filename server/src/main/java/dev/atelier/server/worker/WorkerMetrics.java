package dev.atelier.server.worker;

import dev.atelier.engine.pipeline.GenerationListener.StepProgress;
import dev.atelier.server.prediction.Failure;
import dev.atelier.server.prediction.Prediction;
import dev.atelier.server.prediction.PredictionOutput;
import dev.atelier.server.prediction.Status;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** What an operator sees of the making of pictures. */
@Component
class WorkerMetrics {
    private final MeterRegistry registry;
    private final ObservationRegistry observations;

    WorkerMetrics(MeterRegistry registry, ObservationRegistry observations) {
        this.registry = registry;
        this.observations = observations;
    }

    /** For one call of the engine, on the thread that makes it. */
    Stages stages() {
        return new Stages(observations);
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

    void ended(Prediction prediction) {
        Failure.Reason reason = prediction.status() == Status.COMPLETED
                ? Failure.Reason.NONE
                : prediction.state().failure().reason();
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
