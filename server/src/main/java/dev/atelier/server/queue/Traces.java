package dev.atelier.server.queue;

import dev.atelier.server.prediction.Prediction;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import io.micrometer.observation.transport.SenderContext;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Carries the trace of a submission through the queue to whoever makes it, on whatever machine: {@code atelier.submit} where it
 * is accepted, {@code atelier.work} for each attempt at making it. While nobody traces, the carried text is empty.
 */
@Component
public class Traces {
    /** Of the W3C's trace context. */
    private static final String HEADER = "traceparent";

    private final JdbcClient jdbc;
    private final ObservationRegistry observations;

    Traces(JdbcClient jdbc, ObservationRegistry observations) {
        this.jdbc = jdbc;
        this.observations = observations;
    }

    /** @param store keeps the prediction together with the trace context that it is given */
    public void submission(Prediction prediction, Consumer<String> store) {
        SenderContext<StringBuilder> context = new SenderContext<>(
                (carrier, name, value) -> {
                    if (name.equals(HEADER)) {
                        carrier.append(value);
                    }
                },
                Kind.PRODUCER);
        StringBuilder carried = new StringBuilder();
        context.setCarrier(carried);
        Observation.createNotStarted("atelier.submit", () -> context, observations)
                .lowCardinalityKeyValue("model", prediction.order().servedBy())
                .highCardinalityKeyValue("prediction", prediction.id())
                .observe(() -> store.accept(carried.toString()));
    }

    /** The work that one thread does for {@code predictions}; what it causes belongs to the first one's trace. */
    public Work work(List<Prediction> predictions) {
        List<Observation> started = predictions.stream().map(this::started).toList();
        return new Work(started, started.getFirst().openScope());
    }

    private Observation started(Prediction prediction) {
        ReceiverContext<String> context = new ReceiverContext<>(
                (carrier, name) -> name.equals(HEADER) && !carrier.isEmpty() ? carrier : null, Kind.CONSUMER);
        context.setCarrier(carried(prediction.id()));
        return Observation.createNotStarted("atelier.work", () -> context, observations)
                .lowCardinalityKeyValue("model", prediction.order().servedBy())
                .highCardinalityKeyValue("prediction", prediction.id())
                .start();
    }

    private String carried(String id) {
        return jdbc.sql("SELECT trace FROM prediction WHERE id = :id")
                .param("id", id)
                .query(String.class)
                .optional()
                .orElse("");
    }

    /** Work that is being done; closed on the thread that began it. */
    public static final class Work implements AutoCloseable {
        private final List<Observation> observations;
        private final Observation.Scope scope;

        private Work(List<Observation> observations, Observation.Scope scope) {
            this.observations = observations;
            this.scope = scope;
        }

        /** It has failed. */
        public void error(Throwable failure) {
            observations.forEach(observation -> observation.error(failure));
        }

        @Override
        public void close() {
            scope.close();
            observations.forEach(Observation::stop);
        }
    }
}
