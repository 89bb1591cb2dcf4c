package dev.atelier.server.worker;

import dev.atelier.engine.pipeline.GenerationListener.Stage;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.Locale;

/** The stages of one call of the engine, as {@code atelier.stage}: each begins where the one before it ends. */
final class Stages implements AutoCloseable {
    private final ObservationRegistry observations;
    private final Observation work; // null when nobody observes
    private Observation stage; // null before the first

    /** Made on the thread that does the work, which the stages belong to although the engine's thread tells of them. */
    Stages(ObservationRegistry observations) {
        this.observations = observations;
        this.work = observations.getCurrentObservation();
    }

    void begin(Stage next) {
        close();
        String name = next.name().toLowerCase(Locale.ROOT);
        stage = Observation.createNotStarted("atelier.stage", observations)
                .contextualName(name)
                .lowCardinalityKeyValue("stage", name)
                .parentObservation(work)
                .start();
    }

    /** The call has ended, and its last stage with it. */
    @Override
    public void close() {
        if (stage != null) {
            stage.stop();
            stage = null;
        }
    }
}
