package dev.atelier.server.prediction;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/**
 * What happens to predictions in this process, told to whoever watches. Nothing here is needed to finish a prediction: a watcher
 * that hears nothing reads the database.
 */
@Component
public class PredictionEvents {
    private final Map<String, List<Consumer<PredictionEvent>>> listeners = new ConcurrentHashMap<>();

    /** Tells the watchers of {@code id}, on the calling thread. */
    public void publish(String id, PredictionEvent event) {
        listeners.getOrDefault(id, List.of()).forEach(listener -> listener.accept(event));
    }

    /** Whether anyone watches {@code id}, so that previews are worth making. */
    public boolean watched(String id) {
        return listeners.containsKey(id);
    }

    /** Hears what is published of {@code id} from now on. */
    public PredictionService.Subscription subscribe(String id, Consumer<PredictionEvent> listener) {
        listeners.compute(id, (_, present) -> {
            List<Consumer<PredictionEvent>> list = present == null ? new CopyOnWriteArrayList<>() : present;
            list.add(listener);
            return list;
        });
        return () -> listeners.computeIfPresent(id, (_, present) -> {
            present.remove(listener);
            return present.isEmpty() ? null : present;
        });
    }
}
