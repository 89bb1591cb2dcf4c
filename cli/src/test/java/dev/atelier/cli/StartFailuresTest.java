package dev.atelier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.server.AtelierServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** A service that cannot start says why in a line and what to do in another; the trace is for {@code --verbose}. */
class StartFailuresTest extends CommandLineFixture {
    private Path data;

    @BeforeEach
    void startTheServiceItself() {
        data = home.resolve("data");
        starter = AtelierServer::start;
    }

    @Test
    void aDataFolderThatIsAFile() throws IOException {
        Files.writeString(data, "");

        assertThat(failure())
                .containsExactly(
                        "atelier: atelier.data: " + data + " is a file; a folder is needed",
                        "Name another with --data DIR.");
    }

    /** Where nobody may make a folder, not even root. */
    @Test
    void aDataFolderThatCannotBeWritten() {
        data = Path.of("/proc/atelier");

        assertThat(failure())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("atelier: atelier.data: the folder /proc/atelier cannot be written ("),
                        line -> assertThat(line).contains("--data DIR"));
    }

    @Test
    void aDamagedDatabase() throws IOException {
        byte[] noise = new byte[64 * 1024];
        new Random(7).nextBytes(noise);
        Files.write(Files.createDirectories(data).resolve("atelier.mv.db"), noise);

        assertThat(failure())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("atelier: the database file " + data + "/atelier.mv.db is damaged: "),
                        line -> assertThat(line)
                                .isEqualTo("Put back a copy of it, or move it away to start with an empty one."));
    }

    @Test
    void aWrongPassword() {
        ConfigurableApplicationContext first = AtelierServer.start(
                "--atelier.data=" + data,
                "--server.port=0",
                "--atelier.worker.enabled=false",
                "--spring.datasource.password=right");
        first.close();

        assertThat(failure("--spring.datasource.password=wrong"))
                .containsExactly(
                        "atelier: the database file " + data + "/atelier.mv.db refuses the user or the password",
                        "Give what it was made with: --database-user and SPRING_DATASOURCE_PASSWORD.");
    }

    @Test
    void aDatabaseThatIsNotThere() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }

        assertThat(failure("--database", "jdbc:postgresql://localhost:" + port + "/atelier?user=me&password=hidden"))
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("atelier: the database jdbc:postgresql://localhost:" + port
                                        + "/atelier cannot be used: ")
                                .doesNotContain("hidden"),
                        line -> assertThat(line).isEqualTo("Is it running, and is --database right?"));
    }

    @Test
    void aPortInUse() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(failure("--port", other.getLocalPort()))
                    .containsExactly(
                            "atelier: server.port: port " + other.getLocalPort() + " is in use by another program",
                            "Stop that, or choose another port with --port N (0: any free one).");
        }
    }

    @Test
    void aValueThatASettingDoesNotTake() {
        assertThat(failure("--atelier.worker.lease=soon"))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("atelier: atelier.worker.lease: 'soon' is not accepted: "),
                        line -> assertThat(line).contains("docs/operation.md lists the settings"));
        assertThat(failure("--server.address=999.1.1.1"))
                .first()
                .asString()
                .startsWith("atelier: server.address: '999.1.1.1' is not accepted: ");
        assertThat(failure("--atelier.worker.threads=many"))
                .first()
                .asString()
                .startsWith("atelier: atelier.worker.threads: 'many' is not accepted: ");
    }

    @Test
    void noKeyForOtherMachines() {
        assertThat(failure("--host", "0.0.0.0"))
                .satisfiesExactly(
                        line -> assertThat(line).contains("which other machines reach, and there is no key"),
                        line -> assertThat(line).contains("atelier keys create --name NAME"));
    }

    @Test
    void theTraceIsForThoseWhoAsk() throws IOException {
        Files.writeString(data, "");

        List<String> lines = failure("--verbose");
        assertThat(lines).first().asString().contains("is a file");
        assertThat(lines).anyMatch(line -> line.startsWith("\tat "));
    }

    /** What is on standard error. */
    private List<String> failure(Object... more) {
        List<Object> words = new ArrayList<>(List.of("serve", "--data", data));
        if (!List.of(more).contains("--port")) {
            words.addAll(List.of("--port", 0));
        }
        words.addAll(List.of(more));
        PrintStream error = System.err;
        ByteArrayOutputStream beside = new ByteArrayOutputStream();
        System.setErr(new PrintStream(beside, true, StandardCharsets.UTF_8));
        try {
            Outcome outcome = run(words.toArray());
            assertThat(outcome.code()).as(outcome.err()).isEqualTo(ExitCode.FAILURE);
            return (outcome.err() + beside.toString(StandardCharsets.UTF_8))
                    .lines()
                    .toList();
        } finally {
            System.setErr(error);
        }
    }
}
