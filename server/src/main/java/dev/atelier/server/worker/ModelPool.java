package dev.atelier.server.worker;

import dev.atelier.engine.nn.Precision;
import dev.atelier.engine.pipeline.EngineOptions;
import dev.atelier.engine.pipeline.ImagePipeline;
import dev.atelier.engine.tensor.Device;
import dev.atelier.server.AtelierProperties;
import dev.atelier.server.catalog.ModelEntry;
import dev.atelier.server.catalog.ModelFolders;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Loaded models, within a budget of memory: a model is loaded when it is first needed and stays until the room is needed for
 * another; the one unused longest goes first.
 */
@Component
class ModelPool implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ModelPool.class);

    private final PipelineOpener opener;
    private final ModelFolders folders;
    private final AtelierProperties properties;
    private final Map<String, Loaded> loaded = new LinkedHashMap<>(8, 0.75f, true);

    ModelPool(PipelineOpener opener, ModelFolders folders, AtelierProperties properties, MeterRegistry registry) {
        this.opener = opener;
        this.folders = folders;
        this.properties = properties;
        Gauge.builder("atelier.models.bytes", this, ModelPool::bytes)
                .description("weights of loaded models")
                .baseUnit("bytes")
                .register(registry);
    }

    private record Loaded(ImagePipeline pipeline, long bytes) {}

    /**
     * The loaded model. Only the device's worker calls this, so that nothing is evicted while it is used.
     *
     * @throws RuntimeException when it cannot be loaded, with the reason
     */
    synchronized ImagePipeline get(ModelEntry model) {
        Loaded present = loaded.get(model.id());
        if (present != null) {
            return present.pipeline();
        }
        Path folder = folders.folder(model);
        long bytes = folders.weightBytes(model);
        makeRoom(bytes);
        long start = System.nanoTime();
        ImagePipeline pipeline = opener.open(folder, options(model));
        log.info(
                "model {} is loaded from {} ({} parameters, {}, {}) in {} ms",
                model.id(),
                folder,
                pipeline.info().parameters(),
                pipeline.info().precision(),
                pipeline.info().device(),
                (System.nanoTime() - start) / 1_000_000);
        loaded.put(model.id(), new Loaded(pipeline, bytes));
        return pipeline;
    }

    /** Bytes of weights that are loaded. */
    synchronized long bytes() {
        return loaded.values().stream().mapToLong(Loaded::bytes).sum();
    }

    private EngineOptions options(ModelEntry model) {
        return new EngineOptions(
                Device.parse(model.device()),
                Precision.parse(model.precision()),
                properties.worker().threads(),
                properties.engine().nice(),
                List.of(),
                properties.data().resolve("cache"));
    }

    private void makeRoom(long needed) {
        long budget = properties.worker().memoryBudget();
        Iterator<Map.Entry<String, Loaded>> oldest = loaded.entrySet().iterator();
        while (bytes() + needed > budget && oldest.hasNext()) {
            Map.Entry<String, Loaded> evicted = oldest.next();
            oldest.remove();
            evicted.getValue().pipeline().close();
            log.info("model {} is unloaded to make room for {} bytes of weights", evicted.getKey(), needed);
        }
    }

    @Override
    public synchronized void close() {
        loaded.values().forEach(l -> l.pipeline().close());
        loaded.clear();
    }
}
