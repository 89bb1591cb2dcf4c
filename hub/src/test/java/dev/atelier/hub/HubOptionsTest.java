package dev.atelier.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HubOptionsTest {
    @TempDir
    Path home;

    @Test
    void theTokenComesFromTheVariablesBeforeTheFile() throws IOException {
        Path file = home.resolve(".cache/huggingface/token");
        Files.createDirectories(file.getParent());
        Files.writeString(file, " filed \n");

        assertThat(HubOptions.fromEnvironment(Map.of(), home).token()).isEqualTo("filed");
        assertThat(HubOptions.fromEnvironment(Map.of("HUGGING_FACE_HUB_TOKEN", "old"), home)
                        .token())
                .isEqualTo("old");
        assertThat(HubOptions.fromEnvironment(Map.of("HF_TOKEN", "new", "HUGGING_FACE_HUB_TOKEN", "old"), home)
                        .token())
                .isEqualTo("new");
    }

    @Test
    void theTokenIsNotPrinted() {
        HubOptions options = HubOptions.fromEnvironment(Map.of("HF_TOKEN", "hf_secret"), home);

        assertThat(options.toString()).contains("https://huggingface.co").doesNotContain("hf_secret");
    }

    @Test
    void theEndpointComesFromTheVariableOrTheOption() {
        HubOptions mirror = HubOptions.fromEnvironment(Map.of("HF_ENDPOINT", "https://mirror.example/hf/"), home);

        assertThat(mirror.endpoint()).hasToString("https://mirror.example/hf");
        assertThat(mirror.withEndpoint("http://127.0.0.1:8080/").endpoint()).hasToString("http://127.0.0.1:8080");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"mirror.example", "file:///tmp", "https://user:secret@host", "https://host?x=1", "https:// x"})
    void whatIsNoAddressIsRefused(String endpoint) {
        HubOptions options = HubOptions.fromEnvironment(Map.of(), home);

        assertThatThrownBy(() -> options.withEndpoint(endpoint))
                .isInstanceOf(HubException.class)
                .hasMessageStartingWith("endpoint: ");
    }

    @Test
    void aModelIdKeepsItsRevision() {
        assertThat(ModelId.parse("black-forest-labs/FLUX.2-klein-4B"))
                .isEqualTo(new ModelId("black-forest-labs", "FLUX.2-klein-4B", "main"));
        assertThat(ModelId.parse("o/n@refs/pr/1").revision()).isEqualTo("refs/pr/1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "name", "a/b/c", "../b", "a/..", "a/b@", "a/b@../x", "a b/c", "a/b@v 1", ".a/b", "a/b\n"})
    void whatIsNoModelIdIsRefused(String text) {
        assertThatThrownBy(() -> ModelId.parse(text))
                .isInstanceOf(HubException.class)
                .hasMessageContaining("OWNER/NAME");
    }
}
