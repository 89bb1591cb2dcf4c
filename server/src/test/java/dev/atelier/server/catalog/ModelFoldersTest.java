package dev.atelier.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.prompt.words.Vocabulary;
import dev.atelier.server.AtelierProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ModelFoldersTest {
    @TempDir
    Path data;

    @Test
    void anEmbeddedModelIsFoundOnTheClassPath() {
        assertThat(folders().folder(model("embedded:paper-model")).resolve("model_index.json"))
                .hasContent("{\"paper\": true}");
    }

    @Test
    void aBuildWithoutTheModelSaysSo() {
        assertThatThrownBy(() -> folders().folder(model("embedded:nothing")))
                .hasMessageContaining("this build carries no 'nothing'")
                .hasMessageContaining("source: folder:PATH");
    }

    @Test
    void aFolderThatIsNoModelSaysSo() {
        assertThatThrownBy(() -> folders().folder(model("folder:" + data)))
                .hasMessageContaining(data.toString())
                .hasMessageContaining("no model_index.json");
        assertThatThrownBy(() -> folders().folder(model("hub:x")))
                .hasMessageContaining("neither embedded:NAME nor folder:PATH");
    }

    @Test
    void theWordsOfAModelAreThoseOfItsFolder() throws IOException {
        Files.writeString(data.resolve("model_index.json"), "{}");
        assertThat(folders().vocabulary(model("folder:" + data)).isEmpty()).isTrue();
        assertThat(folders().vocabulary(model("embedded:nothing")).isEmpty()).isTrue();

        Files.writeString(data.resolve("vocabulary.txt"), "[english]\ndog > corgi\n");
        assertThat(folders().vocabulary(model("folder:" + data)).adapt("a corgi", new Vocabulary.Replaced()))
                .isEqualTo("a dog");

        Files.writeString(data.resolve("vocabulary.txt"), "[english]\ndog > corgi\ncat = dog\n");
        assertThatThrownBy(() -> folders().vocabulary(model("folder:" + data)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(data + ": vocabulary.txt, line 3: \"dog\" is said to be dog already");
    }

    private ModelFolders folders() {
        return new ModelFolders(new Binder(new MapConfigurationPropertySource(Map.of("atelier.data", data.toString())))
                .bindOrCreate("atelier", AtelierProperties.class));
    }

    private static ModelEntry model(String source) {
        return new ModelEntry("m", source, "stored", "cpu", null, null, null);
    }
}
