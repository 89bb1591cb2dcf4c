package dev.atelier.server.worker;

import dev.atelier.server.catalog.ModelEntry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Ready means: the first model of every device is loaded, so that a request is not the one that waits for it. */
@Component("model")
class Readiness implements HealthIndicator {
    private static final Logger log = LoggerFactory.getLogger(Readiness.class);
    private static final String LOADED = "loaded";
    private static final String LOADING = "loading";

    private final Map<String, String> models = new ConcurrentHashMap<>();

    void expect(ModelEntry model) {
        models.put(model.id(), LOADING);
    }

    /** Loads {@code model}; a failure is logged and shown, and requests for the model fail with it. */
    void load(ModelEntry model, LoadedModels pool) {
        try {
            pool.get(model);
            models.put(model.id(), LOADED);
        } catch (RuntimeException | LinkageError e) {
            models.put(model.id(), "failed: " + e.getMessage());
            log.error("model {} cannot be loaded; its predictions will fail until that is put right", model.id(), e);
        }
    }

    @Override
    public Health health() {
        boolean ready = models.values().stream().allMatch(LOADED::equals);
        return (ready ? Health.up() : Health.outOfService()).withDetails(models).build();
    }
}
