package dev.atelier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the options of {@code serve} mean to the service. */
class ServeCommandTest extends CommandLineFixture {
    @Test
    void withoutOptionsEverySettingIsItsOwn() {
        assertThat(run("serve").code()).isEqualTo(ServeCommand.KEEP_RUNNING);
        assertThat(service).isEmpty();
    }

    @Test
    void everyOptionIsASetting() throws IOException {
        Path config = Files.writeString(home.resolve("atelier.yaml"), "");
        Path catalog = Files.writeString(home.resolve("catalog.yaml"), "");

        Outcome outcome = run(
                "serve",
                "--host",
                "0.0.0.0",
                "--port",
                "9000",
                "--public-url",
                "https://images.example",
                "--require-keys",
                "--data",
                home,
                "--database",
                "jdbc:postgresql://db/atelier",
                "--database-user",
                "me",
                "--config",
                config,
                "--catalog",
                catalog);

        assertThat(outcome.code()).as(outcome.err()).isEqualTo(ServeCommand.KEEP_RUNNING);
        assertThat(service)
                .containsExactly(
                        "--server.address=0.0.0.0",
                        "--server.port=9000",
                        "--atelier.public-url=https://images.example",
                        "--atelier.access.require-keys=true",
                        "--atelier.data=" + home,
                        "--spring.datasource.url=jdbc:postgresql://db/atelier",
                        "--spring.datasource.username=me",
                        "--spring.config.import=file:" + config,
                        "--atelier.catalog=" + catalog);
    }

    @Test
    void aModelIsFoundByNameByFolderOrInTheEnvironment() throws IOException {
        Path klein = Files.createDirectories(home.resolve(".cache/atelier/models/studio/klein"));
        Files.writeString(klein.resolve("model_index.json"), "{}");

        run("serve", "--model", "klein", "--precision", "int8", "--device", "cpu");
        run("serve", "-m", klein);
        variables.put("ATELIER_MODEL", "studio/klein");
        run("serve");

        assertThat(service)
                .containsExactly(
                        "--atelier.model=" + klein,
                        "--atelier.precision=int8",
                        "--atelier.device=cpu",
                        "--atelier.model=" + klein,
                        "--atelier.model=" + klein);
    }

    @Test
    void anyOtherSettingIsPassedOn() {
        run("serve", "--atelier.worker.lease=1m", "--port", 0, "--", "--logging.level.dev.atelier=debug");

        assertThat(service)
                .containsExactly("--server.port=0", "--atelier.worker.lease=1m", "--logging.level.dev.atelier=debug");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--prot=9000|Unknown option: '--prot=9000'",
                "--port 70000|--port: 70000 is not in 0 to 65535",
                "--database postgres://db|--database: 'postgres://db' is no JDBC URL such as jdbc:postgresql://HOST/NAME",
                "--config nowhere.yaml|--config: nowhere.yaml is no file",
                "--catalog nowhere.yaml|--catalog: nowhere.yaml is no file",
                "--catalog c.yaml --model x|leave out --model",
                "--precision fp8|--precision",
                "somewhere|Unmatched argument"
            })
    void whatIsWrongIsNamedBeforeAnythingStarts(String arguments, String message) {
        Outcome outcome = run((Object[]) (("serve " + arguments).split(" ")));

        assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).contains(message).doesNotContain("\tat ");
        assertThat(service).isEmpty();
    }

    @Test
    void aServiceThatDoesNotStartLeavesTheReasonToItsLog() {
        startFailure = new IllegalStateException("no database");

        Outcome outcome = run("serve");

        assertThat(outcome.code()).isEqualTo(ExitCode.FAILURE);
        assertThat(outcome.err()).hasLineCount(1).contains("did not start");
    }

    @Test
    void helpNamesTheSettingBehindEveryOption() {
        // Lines are broken inside names too.
        assertThat(run("serve", "--help").out().replaceAll("\\s+", ""))
                .contains(List.of(
                        "server.address",
                        "server.port",
                        "atelier.public-url",
                        "atelier.access.require-keys",
                        "atelier.data",
                        "spring.datasource.url",
                        "spring.config.import",
                        "atelier.model",
                        "atelier.catalog"));
    }
}
