package dev.atelier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.server.AtelierServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** {@code atelier keys} as a process of its own, while the service has the embedded database open. */
@DisabledOnOs(OS.WINDOWS)
class KeysBesideServiceTest {
    @TempDir
    Path data;

    @Test
    void aKeyIsMadeAndRevokedWhileTheServiceRuns() throws Exception {
        try (ConfigurableApplicationContext service =
                AtelierServer.start("--atelier.data=" + data, "--server.port=0", "--atelier.worker.enabled=false")) {
            URI usage = URI.create(
                    "http://localhost:" + service.getEnvironment().getProperty("local.server.port") + "/api/v1/usage");

            String token = keys("create", "--name", "studio").getLast();
            assertThat(status(usage, token)).isEqualTo(200);
            assertThat(status(usage, ""))
                    .as("the door is shut by the first key")
                    .isEqualTo(401);

            String id = token.substring(4, 16);
            keys("revoke", id);
            assertThat(status(usage, token)).isEqualTo(401);

            assertThat(Files.getPosixFilePermissions(data.resolve("control")))
                    .as("for the service's own user only")
                    .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        }
        assertThat(keys("list").getLast()).as("kept").contains("studio").endsWith("revoked");
    }

    private List<String> keys(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.atelier.cli.Atelier",
                "keys"));
        command.addAll(List.of(words));
        command.addAll(List.of("--data", data.toString()));
        Process process = new ProcessBuilder(command).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(err).isZero();
        return out.isEmpty() ? List.of("") : out.lines().toList();
    }

    private static int status(URI uri, String token) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest.Builder request = HttpRequest.newBuilder(uri);
            if (!token.isEmpty()) {
                request.header("Authorization", "Bearer " + token);
            }
            return http.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }
}
