package dev.atelier.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.engine.nn.Precision;
import dev.atelier.engine.pipeline.EngineOptions;
import dev.atelier.engine.pipeline.ImagePipeline;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelPoolTest {
    private static final int WEIGHTS = 1000;

    @TempDir
    Path data;

    private final List<String> loads = new ArrayList<>();
    private final List<String> closes = new ArrayList<>();

    @Test
    void aModelIsLoadedOnceAndStays() throws IOException {
        ModelPool pool = pool(10_000);
        folder("a");

        assertThat(get(pool, "a")).isSameAs(get(pool, "a"));

        assertThat(loads).containsExactly("a");
        assertThat(pool.bytes()).isEqualTo(WEIGHTS);
    }

    @Test
    void theModelUnusedLongestGoesWhenTheBudgetIsSpent() throws IOException {
        ModelPool pool = pool(2 * WEIGHTS);
        for (String name : List.of("a", "b", "c")) {
            folder(name);
        }
        get(pool, "a");
        get(pool, "b");
        get(pool, "a");

        get(pool, "c");

        assertThat(closes).containsExactly("b");
        assertThat(pool.bytes()).isEqualTo(2 * WEIGHTS);
        get(pool, "b");
        assertThat(loads).containsExactly("a", "b", "c", "b");
    }

    @Test
    void precisionDecidesWhatAModelTakes() throws IOException {
        ModelPool pool = pool(10_000);
        folder("wide");
        folder("narrow");
        get(pool, "wide", Precision.FP32);
        get(pool, "narrow", Precision.INT8);

        assertThat(pool.bytes()).isEqualTo(2 * WEIGHTS + WEIGHTS / 2);
    }

    @Test
    void aModelThatCannotBeLoadedIsTriedAgain() throws IOException {
        ModelPool pool = pool(10_000);

        assertThatThrownBy(() -> get(pool, "late")).hasMessageContaining("late");
        folder("late");

        assertThat(get(pool, "late")).isNotNull();
        assertThat(loads).containsExactly("late");
    }

    @Test
    void closingThePoolClosesWhatIsLoaded() throws IOException {
        ModelPool pool = pool(10_000);
        folder("a");
        folder("b");
        get(pool, "a");
        get(pool, "b");

        pool.close();

        assertThat(closes).containsExactly("a", "b");
        assertThat(pool.bytes()).isZero();
    }

    private ModelPool pool(long budget) {
        return new ModelPool(
                (folder, _) -> {
                    String name = folder.getFileName().toString();
                    loads.add(name);
                    return closing(name);
                },
                budget);
    }

    private ImagePipeline get(ModelPool pool, String name) {
        return get(pool, name, Precision.STORED);
    }

    private ImagePipeline get(ModelPool pool, String name, Precision precision) {
        return pool.get(name, () -> data.resolve(name), EngineOptions.defaults().withPrecision(precision));
    }

    private ImagePipeline closing(String name) {
        PlainPipeline pipeline = new PlainPipeline();
        return (ImagePipeline) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ImagePipeline.class}, (_, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        closes.add(name);
                    }
                    return method.invoke(pipeline, arguments);
                });
    }

    private void folder(String name) throws IOException {
        Files.write(Files.createDirectories(data.resolve(name)).resolve("model.safetensors"), new byte[WEIGHTS]);
    }
}
