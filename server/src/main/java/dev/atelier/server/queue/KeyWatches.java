package dev.atelier.server.queue;

import dev.atelier.server.error.ApiException;
import dev.atelier.server.prediction.KeyEvent;
import dev.atelier.server.prediction.PredictionEvents;
import dev.atelier.server.prediction.PredictionRepository;
import dev.atelier.server.prediction.PredictionService;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Lets callers follow all predictions of their key: one virtual thread and one bounded queue each. */
@Component
public class KeyWatches {
    private static final Logger log = LoggerFactory.getLogger(KeyWatches.class);
    private static final Duration RETRY = Duration.ofSeconds(10);

    private final Sources sources;
    private final FollowSettings settings;
    private final Map<String, Set<KeyWatch>> open = new ConcurrentHashMap<>();

    /** Where a watcher hears and reads what happens. */
    record Sources(
            PredictionEvents events,
            PredictionRepository predictions,
            KeyChanges changes,
            Places places,
            Clock clock) {}

    KeyWatches(
            PredictionEvents events,
            PredictionRepository predictions,
            KeyChanges changes,
            Places places,
            Clock clock,
            FollowSettings settings,
            MeterRegistry meters) {
        this.sources = new Sources(events, predictions, changes, places, clock);
        this.settings = settings;
        Gauge.builder("atelier.event.streams", this, KeyWatches::count).register(meters);
    }

    /**
     * @param since position of the last event that the listener heard; null: only what happens from now on, and what has not ended
     * @throws ApiException 429 when the key has too many streams
     */
    public PredictionService.Subscription follow(String owner, Instant since, Consumer<KeyEvent> listener) {
        KeyWatch watch = new KeyWatch(sources, owner, since, settings.quiet(), listener);
        open.compute(owner, (_, present) -> {
            Set<KeyWatch> streams = present == null ? ConcurrentHashMap.newKeySet() : present;
            if (streams.size() >= settings.streamsPerKey()) {
                throw ApiException.tooMany(
                        "this key has " + streams.size() + " event streams open; at most " + settings.streamsPerKey()
                                + " are allowed",
                        RETRY);
            }
            streams.add(watch);
            return streams;
        });
        Thread.ofVirtual().name("follow-" + owner).start(() -> run(owner, watch));
        return watch::close;
    }

    private void run(String owner, KeyWatch watch) {
        try {
            watch.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.debug("a stream of key {} ends: {}", owner, e.toString());
        } finally {
            open.computeIfPresent(owner, (_, streams) -> {
                streams.remove(watch);
                return streams.isEmpty() ? null : streams;
            });
        }
    }

    private double count() {
        return open.values().stream().mapToInt(Set::size).sum();
    }

    /** The web server waits for open answers before it stops: these would never end by themselves. */
    @EventListener(ContextClosedEvent.class)
    void closeAll() {
        open.values().forEach(streams -> streams.forEach(KeyWatch::closeByService));
    }
}
