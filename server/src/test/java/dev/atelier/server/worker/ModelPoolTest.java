package dev.atelier.server.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.engine.pipeline.ImagePipeline;
import dev.atelier.server.AtelierProperties;
import dev.atelier.server.ScriptedPipeline;
import dev.atelier.server.catalog.ModelEntry;
import dev.atelier.server.catalog.ModelFolders;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ModelPoolTest {
    private static final int WEIGHTS = 1000;

    @TempDir
    Path data;

    private final List<String> loads = new ArrayList<>();
    private final List<String> closes = new ArrayList<>();

    @Test
    void aModelIsLoadedOnceAndStays() throws IOException {
        ModelPool pool = pool(10_000);
        ModelEntry model = model("a", "stored");

        assertThat(pool.get(model)).isSameAs(pool.get(model));

        assertThat(loads).containsExactly("a");
        assertThat(pool.bytes()).isEqualTo(WEIGHTS);
    }

    @Test
    void theModelUnusedLongestGoesWhenTheBudgetIsSpent() throws IOException {
        ModelPool pool = pool(2 * WEIGHTS);
        ModelEntry a = model("a", "stored");
        ModelEntry b = model("b", "stored");
        pool.get(a);
        pool.get(b);
        pool.get(a);

        pool.get(model("c", "stored"));

        assertThat(closes).containsExactly("b");
        assertThat(pool.bytes()).isEqualTo(2 * WEIGHTS);
        pool.get(b);
        assertThat(loads).containsExactly("a", "b", "c", "b");
    }

    @Test
    void precisionDecidesWhatAModelTakes() throws IOException {
        ModelPool pool = pool(10_000);
        pool.get(model("wide", "fp32"));
        pool.get(model("narrow", "int8"));

        assertThat(pool.bytes()).isEqualTo(2 * WEIGHTS + WEIGHTS / 2);
    }

    private ModelPool pool(long budget) {
        AtelierProperties properties = new Binder(new MapConfigurationPropertySource(
                        java.util.Map.of("atelier.worker.memory-budget", budget, "atelier.data", data.toString())))
                .bindOrCreate("atelier", AtelierProperties.class);
        PipelineOpener opener = (folder, _) -> {
            String name = folder.getFileName().toString();
            loads.add(name);
            return closing(name);
        };
        return new ModelPool(opener, new ModelFolders(properties), properties, new SimpleMeterRegistry());
    }

    private ImagePipeline closing(String name) {
        ScriptedPipeline pipeline = new ScriptedPipeline();
        return (ImagePipeline) java.lang.reflect.Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ImagePipeline.class}, (_, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        closes.add(name);
                    }
                    return method.invoke(pipeline, arguments);
                });
    }

    private ModelEntry model(String name, String precision) throws IOException {
        Path folder = Files.createDirectories(data.resolve(name));
        Files.writeString(folder.resolve("model_index.json"), "{}");
        Files.write(folder.resolve("model.safetensors"), new byte[WEIGHTS]);
        return new ModelEntry(name, "folder:" + folder, precision, "cpu", null, null, null);
    }
}
