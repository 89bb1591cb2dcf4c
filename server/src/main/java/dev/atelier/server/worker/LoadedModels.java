package dev.atelier.server.worker;

import dev.atelier.engine.nn.Precision;
import dev.atelier.engine.pipeline.EngineOptions;
import dev.atelier.engine.pipeline.ImagePipeline;
import dev.atelier.engine.tensor.Device;
import dev.atelier.server.AtelierProperties;
import dev.atelier.server.catalog.ModelEntry;
import dev.atelier.server.catalog.ModelFolders;
import dev.atelier.studio.ModelPool;
import dev.atelier.studio.PipelineOpener;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** The catalog's models, loaded within the service's budget of memory. */
@Component
class LoadedModels implements AutoCloseable {
    private final ModelPool pool;
    private final ModelFolders folders;
    private final AtelierProperties properties;

    /** @param opener of an application that brings its own; without one the engine's pipelines are opened */
    LoadedModels(
            ObjectProvider<PipelineOpener> opener,
            ModelFolders folders,
            AtelierProperties properties,
            MeterRegistry registry) {
        pool = new ModelPool(
                opener.getIfAvailable(PipelineOpener::ofEngine),
                properties.worker().memoryBudget());
        this.folders = folders;
        this.properties = properties;
        Gauge.builder("atelier.models.bytes", pool, ModelPool::bytes)
                .description("weights of loaded models")
                .baseUnit("bytes")
                .register(registry);
    }

    /**
     * The loaded model. Only the device's worker calls this, so that nothing is evicted while it is used.
     *
     * @throws RuntimeException when it cannot be loaded, with the reason
     */
    ImagePipeline get(ModelEntry model) {
        EngineOptions options = new EngineOptions(
                Device.parse(model.device()),
                Precision.parse(model.precision()),
                properties.worker().threads(),
                properties.engine().nice(),
                List.of(),
                properties.data().resolve("cache"));
        return pool.get(model.id(), () -> folders.folder(model), options);
    }

    @Override
    public void close() {
        pool.close();
    }
}
