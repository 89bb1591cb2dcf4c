package dev.atelier.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedModelsTest {
    @TempDir
    Path temp;

    @Test
    void aModelInAJarIsUnpackedOnce() throws IOException {
        Path jar = jar(
                "a.jar", Map.of("tiny/model_index.json", "{}", "tiny/vae/config.json", "{\"a\":1}", "other/x", "x"));
        try (URLClassLoader classes = loader(jar)) {
            EmbeddedModels models = new EmbeddedModels(classes);

            Path folder = models.folder("tiny", temp.resolve("data"));

            assertThat(folder.resolve("model_index.json")).hasContent("{}");
            assertThat(folder.resolve("vae/config.json")).hasContent("{\"a\":1}");
            assertThat(folder.resolve("x")).doesNotExist();
            Files.writeString(folder.resolve("vae/config.json"), "kept");
            assertThat(models.folder("tiny", temp.resolve("data"))).isEqualTo(folder);
            assertThat(folder.resolve("vae/config.json")).hasContent("kept");
            assertThat(entries(temp.resolve("data"))).hasSize(1);
        }
    }

    @Test
    void aChangedModelGetsAFolderOfItsOwn() throws IOException {
        Path before;
        try (URLClassLoader classes = loader(jar("a.jar", Map.of("tiny/model_index.json", "{}")))) {
            before = new EmbeddedModels(classes).folder("tiny", temp.resolve("data"));
        }
        try (URLClassLoader classes = loader(jar("b.jar", Map.of("tiny/model_index.json", "{\"b\":2}")))) {
            assertThat(new EmbeddedModels(classes).folder("tiny", temp.resolve("data")))
                    .isNotEqualTo(before)
                    .satisfies(folder ->
                            assertThat(folder.resolve("model_index.json")).hasContent("{\"b\":2}"));
        }
    }

    @Test
    void aModelInAFolderOfTheClassPathIsUsedWhereItIs() throws IOException {
        Path folder = Files.createDirectories(temp.resolve("classes/dev/atelier/models/tiny"));
        Files.writeString(folder.resolve("model_index.json"), "{}");
        try (URLClassLoader classes = loader(temp.resolve("classes"))) {
            assertThat(new EmbeddedModels(classes).folder("tiny", temp.resolve("data")))
                    .isEqualTo(folder);
            assertThat(temp.resolve("data")).doesNotExist();
        }
    }

    @Test
    void aModelThatIsNotCarriedIsNamed() throws IOException {
        try (URLClassLoader classes = loader(jar("a.jar", Map.of("tiny/model_index.json", "{}")))) {
            EmbeddedModels models = new EmbeddedModels(classes);

            assertThat(models.has("tiny")).isTrue();
            assertThat(models.has("large")).isFalse();
            assertThatThrownBy(() -> models.folder("large", temp)).hasMessageContaining("'large'");
        }
    }

    @Test
    void aJarCannotWriteOutsideTheModel() throws IOException {
        Path jar = jar("a.jar", Map.of("tiny/model_index.json", "{}", "tiny/../../../evil", "x"));
        try (URLClassLoader classes = loader(jar)) {
            assertThatThrownBy(() -> new EmbeddedModels(classes).folder("tiny", temp.resolve("data")))
                    .hasRootCauseMessage(
                            "the jar names a file outside the model: dev/atelier/models/tiny/../../../evil");
            assertThat(entries(temp.resolve("data"))).isEmpty();
        }
    }

    private Path jar(String name, Map<String, String> files) throws IOException {
        Path file = temp.resolve(name);
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out)) {
            for (Map.Entry<String, String> entry : files.entrySet()) {
                jar.putNextEntry(new JarEntry("dev/atelier/models/" + entry.getKey()));
                jar.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
                jar.closeEntry();
            }
        }
        return file;
    }

    private static URLClassLoader loader(Path place) throws IOException {
        return new URLClassLoader(new URL[] {place.toUri().toURL()}, null);
    }

    private static java.util.List<Path> entries(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList();
        }
    }
}
