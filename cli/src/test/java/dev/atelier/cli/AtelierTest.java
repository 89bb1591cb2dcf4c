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
                .contains("generate", "edit", "sequence", "serve", "pull", "models", "parity", "bench", "completion")
                .doesNotContain("warm-up");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "generate",
                "edit",
                "sequence",
                "serve",
                "pull",
                "models",
                "convert",
                "train",
                "lora",
                "parity",
                "bench",
                "completion"
            })
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
        assertThat(run("genrate", "x")).satisfies(outcome -> {
            assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
            assertThat(outcome.err()).contains("genrate").contains("generate");
        });
        assertThat(run("generate").code()).isEqualTo(ExitCode.USAGE);
        assertThat(run("generate", "x", "--steps", "many")).satisfies(outcome -> {
            assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
            assertThat(outcome.err()).contains("--steps", "many", "atelier generate --help");
        });
    }

    @Test
    void benchNamesAWrongSizeAndAnUnknownShape() {
        assertThat(run("bench", "--shape", "klein-4b", "--size", "large")).satisfies(outcome -> {
            assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
            assertThat(outcome.err()).contains("--size", "large", "WIDTHxHEIGHT");
        });
        assertThat(run("bench", "--shape", "klein-5b")).satisfies(outcome -> {
            assertThat(outcome.code()).isEqualTo(ExitCode.FAILURE);
            assertThat(outcome.err()).contains("klein-5b", "klein-4b");
        });
    }

    @Test
    void theCompletionScriptKnowsCommandsAndOptions() {
        Outcome outcome = run("completion");

        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).startsWith("#!").contains("complete -F", "sequence", "--guidance");
    }

    @Test
    void modelsListsWhatIsThere() throws IOException {
        assertThat(run("models").outLines()).hasSize(2).last().asString().contains("seedling-1", "ready");
        Path folder = Files.createDirectories(home.resolve(".cache/atelier/models/studio/klein"));
        Files.writeString(folder.resolve("model_index.json"), "{}");
        Files.writeString(folder.resolve("README.md"), "---\nlicense: apache-2.0\n---\n");

        assertThat(run("models").outLines())
                .hasSize(3)
                .last()
                .asString()
                .contains("studio/klein", "30 B", "apache-2.0", "ready");
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

    @Test
    void anUnexpectedErrorShowsItsTraceOnlyWhenAsked() {
        pipeline.beforeImage = () -> {
            throw new IllegalStateException("broken");
        };
        Path folder = home.resolve("model");
        assertThat(folder.toFile().mkdirs()).isTrue();
        write(folder.resolve("model_index.json"), "{}");

        Outcome quiet = run("generate", "a fox", "--model", folder, "-o", home);
        Outcome verbose = run("generate", "a fox", "--model", folder, "-o", home, "--verbose");

        assertThat(quiet.code()).isEqualTo(ExitCode.FAILURE);
        assertThat(quiet.err()).contains("internal error", "broken").doesNotContain("\tat ");
        assertThat(verbose.err()).contains("\tat ");
    }

    static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
