package dev.atelier.prompt.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.engine.tensor.Device;
import dev.atelier.engine.tensor.EngineException;
import dev.atelier.prompt.GenerationRequest;
import dev.atelier.prompt.ModelProfile;
import dev.atelier.prompt.PromptEngineer;
import dev.atelier.prompt.llm.EngineerSettings.Kind;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineerSettingsTest {
    private static final String SMALL = "../engine/src/test/resources/parity/klein-small";
    private static final Duration LONG = Duration.ofMinutes(5);

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        LOCAL    | ''       | ''                    | model: missing; the engineer 'local' needs the folder
        LOCAL    | no/such  | ''                    | model: no/such is no folder
        ENDPOINT | tiny     | ''                    | url: missing; the engineer 'endpoint' needs the base URL
        ENDPOINT | ''       | http://localhost/v1   | model: missing; the engineer 'endpoint' needs the endpoint's name
        ENDPOINT | tiny     | localhost:11434/v1    | url: localhost:11434/v1 is no http or https URL of a host
        ENDPOINT | tiny     | ftp://localhost/v1    | url: ftp://localhost/v1 is no http or https URL of a host
        ENDPOINT | tiny     | http:///v1            | url: http:///v1 is no
        ENDPOINT | tiny     | http://a b/v1         | url: http://a b/v1 is no URL
        """)
    void whatTheEngineerNeedsIsNamed(Kind kind, String model, String url, String message) {
        assertThatThrownBy(() -> new EngineerSettings(kind, model, url, "", Device.CPU, LONG))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .startsWith(message);
    }

    @Test
    void aTimeIsNeeded() {
        assertThatThrownBy(() -> new EngineerSettings(Kind.RULES, "", "", "", Device.CPU, Duration.ZERO))
                .hasMessage("timeout: PT0S; above 0 expected");
    }

    @Test
    void whatDoesNothingIsListed() {
        assertThat(EngineerSettings.rules().idle()).isEmpty();
        assertThat(new EngineerSettings(Kind.RULES, "tiny", "http://h/v1", "k", Device.CPU, LONG).idle())
                .containsExactly("model", "url");
        assertThat(new EngineerSettings(Kind.LOCAL, SMALL, "http://h/v1", "", Device.CPU, LONG).idle())
                .containsExactly("url");
    }

    @Test
    void theKeyIsNotShown() {
        assertThat(new EngineerSettings(Kind.ENDPOINT, "tiny", "http://h/v1", "secret-1", Device.CPU, LONG).toString())
                .contains("http://h/v1")
                .doesNotContain("secret-1");
    }

    @Test
    void aLocalModelIsLoadedAtOnceAndGivenBack(@TempDir Path empty) {
        EngineerSettings local = new EngineerSettings(Kind.LOCAL, SMALL, "", "", Device.CPU, Duration.ofNanos(1));
        try (PromptEngineer engineer = local.open()) {
            assertThat(engineer.plan(GenerationRequest.of("m", "a fox"), ModelProfile.of("m", 512, 16))
                            .reasons())
                    .last()
                    .asString()
                    .startsWith("Qwen3 in klein-small was not used: ");
        }

        EngineerSettings nothing = new EngineerSettings(Kind.LOCAL, empty.toString(), "", "", Device.CPU, LONG);
        assertThatThrownBy(nothing::open).isInstanceOf(EngineException.class).hasMessageContaining("config.json");
    }
}
