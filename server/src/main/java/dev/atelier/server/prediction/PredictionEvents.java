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
    private final Listeners<PredictionEvent> ofPredictions = new Listeners<>();
    private final Listeners<KeyEvent> ofOwners = new Listeners<>();

    /** Tells the watchers of {@code id}, on the calling thread. */
    public void publish(String id, PredictionEvent event) {
        ofPredictions.tell(id, event);
    }

    /** Tells the watchers of {@code owner} of a prediction that came or went, on the calling thread. */
    public void publish(String owner, KeyEvent event) {
        ofOwners.tell(owner, event);
    }

    /** Whether anyone watches {@code id}, so that previews are worth making. */
    public boolean watched(String id) {
        return ofPredictions.any(id);
    }

    /** Hears what is published of {@code id} from now on. */
    public PredictionService.Subscription subscribe(String id, Consumer<PredictionEvent> listener) {
        return ofPredictions.add(id, listener);
    }

    /** Hears which predictions of {@code owner} come and go from now on. */
    public PredictionService.Subscription subscribeOwner(String owner, Consumer<KeyEvent> listener) {
        return ofOwners.add(owner, listener);
    }

    private static final class Listeners<E> {
        private final Map<String, List<Consumer<E>>> byName = new ConcurrentHashMap<>();

        void tell(String name, E event) {
            byName.getOrDefault(name, List.of()).forEach(listener -> listener.accept(event));
        }

        boolean any(String name) {
            return byName.containsKey(name);
        }

        PredictionService.Subscription add(String name, Consumer<E> listener) {
            byName.compute(name, (_, present) -> {
                List<Consumer<E>> list = present == null ? new CopyOnWriteArrayList<>() : present;
                list.add(listener);
                return list;
            });
            return () -> byName.computeIfPresent(name, (_, present) -> {
                present.remove(listener);
                return present.isEmpty() ? null : present;
            });
        }
    }
}
