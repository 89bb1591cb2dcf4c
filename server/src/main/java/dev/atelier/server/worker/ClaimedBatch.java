package dev.atelier.server.worker;

import dev.atelier.engine.pipeline.Cancellation;
import dev.atelier.server.prediction.Prediction;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What a device makes at a time: one prediction, or several that the engine makes in one pass. */
final class ClaimedBatch {
    private final List<Prediction> predictions;
    private final Cancellation cancellation;
    private final Set<String> lost = ConcurrentHashMap.newKeySet();

    ClaimedBatch(List<Prediction> predictions, Clock clock) {
        this.predictions = List.copyOf(predictions);
        Instant latest = predictions.stream()
                .map(p -> p.times().deadline())
                .max(Instant::compareTo)
                .orElseThrow();
        cancellation = Cancellation.after(Duration.between(clock.instant(), latest));
    }

    List<Prediction> predictions() {
        return predictions;
    }

    List<String> ids() {
        return predictions.stream().map(Prediction::id).toList();
    }

    Cancellation cancellation() {
        return cancellation;
    }

    /** One of the predictions was cancelled or taken over; once all are, the work stops. */
    void lose(String id) {
        lost.add(id);
        if (lost.size() == predictions.size()) {
            cancellation.cancel();
        }
    }
}
