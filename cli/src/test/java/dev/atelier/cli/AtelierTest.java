package dev.atelier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AtelierTest extends CommandLineFixture {
    @Test
    void helpNamesEveryCommandForPeople() {
        Outcome outcome = run("--help");

        assertThat(outcome.code()).isZero();
        assertThat(outcome.out())
                .contains("serve", "pull", "models", "parity", "completion")
                .doesNotContain("warm-up");
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve", "pull", "models", "parity", "completion"})
    void everyCommandHasHelpOfItsOwn(String command) {
        Outcome outcome = run(command, "--help");

        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).startsWith("Usage: atelier " + command).contains("--verbose");
    }

    @Test
    void theVersionSaysWhichJavaRuns() {
        assertThat(run("--version").out()).startsWith("atelier ").contains("Java 25");
    }

    @Test
    void aWrongCommandLineIsExplainedWithItsOwnCode() {
        assertThat(run().code()).isEqualTo(ExitCode.USAGE);
        assertThat(run("modls", "x")).satisfies(outcome -> {
            assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
            assertThat(outcome.err()).contains("modls").contains("models");
        });
        assertThat(run("pull").code()).isEqualTo(ExitCode.USAGE);
        assertThat(run("serve", "--port", "many")).satisfies(outcome -> {
            assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
            assertThat(outcome.err()).contains("--port", "many", "atelier serve --help");
        });
    }

    @Test
    void theCompletionScriptKnowsCommandsAndOptions() {
        Outcome outcome = run("completion");

        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).startsWith("#!").contains("complete -F", "parity", "--endpoint");
    }

    @Test
    void modelsListsWhatIsThere() throws IOException {
        assertThat(run("models").err()).contains("No models under " + home.resolve(".cache/atelier/models"));
        Path folder = Files.createDirectories(home.resolve(".cache/atelier/models/studio/klein"));
        Files.writeString(folder.resolve("model_index.json"), "{}");
        Files.writeString(folder.resolve("README.md"), "---\nlicense: apache-2.0\n---\n");

        assertThat(run("models").outLines())
                .hasSize(2)
                .last()
                .asString()
                .contains("studio/klein", "30 B", "apache-2.0", "put here by hand");
    }

    @Test
    void theFolderOfModelsCanBeChosen() throws IOException {
        Path folder = Files.createDirectories(home.resolve("elsewhere/models/studio/klein"));
        Files.writeString(folder.resolve("model_index.json"), "{}");

        assertThat(run("models", "--models-dir", home.resolve("elsewhere/models"))
                        .out())
                .contains("studio/klein");
        variables.put("ATELIER_HOME", home.resolve("elsewhere").toString());
        assertThat(run("models").out()).contains("studio/klein");
    }

    @Test
    void aPullThatFailsSaysWhyInOneLine() {
        Outcome outcome = run("pull", "not-a-model");
        assertThat(outcome.code()).isEqualTo(ExitCode.FAILURE);
        assertThat(outcome.err()).hasLineCount(1).contains("'not-a-model' is not OWNER/NAME");

        assertThat(run("pull", "a/b", "--endpoint", "ftp://hub").err())
                .hasLineCount(1)
                .contains("endpoint");
    }
}
