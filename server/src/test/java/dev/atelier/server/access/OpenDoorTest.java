package dev.atelier.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.server.RunningServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Without keys, this machine's programs and pages get in; other sites' pages in this machine's browser do not. */
class OpenDoorTest {
    @TempDir
    static Path data;

    private static RunningServer server;

    @BeforeAll
    static void start() {
        server = RunningServer.start(
                data, "--atelier.worker.enabled=false", "--atelier.access.allowed-origins=https://studio.example");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:PORT, , 200",
        "127.0.0.1:PORT, , 200",
        "[::1]:PORT, , 200",
        "LOCALHOST, , 200",
        "localhost:PORT, http://localhost:PORT, 200",
        "127.0.0.1:PORT, http://127.0.0.1:PORT, 200",
        "localhost, http://localhost, 200",
        "rebound.example:PORT, , 401",
        "localhost.rebound.example:PORT, , 401",
        "127.0.0.1.rebound.example, , 401",
        "rebound.example:PORT, http://rebound.example:PORT, 401",
        "localhost:PORT, http://localhost:1, 403",
        "localhost:PORT, https://evil.example, 403",
        "localhost:PORT, null, 403",
        "localhost:PORT, https://studio.example, 401"
    })
    void pagesOfOtherSitesNeedAKey(String host, String origin, int status) throws IOException {
        assertThat(answer("GET", host, origin == null ? "" : "Origin: " + origin + "\r\n"))
                .startsWith("HTTP/1.1 " + status);
    }

    @Test
    void theBrowserIsToldWhichOriginsMayCall() throws IOException {
        String preflight = "Access-Control-Request-Method: POST\r\nAccess-Control-Request-Headers: authorization\r\n";

        assertThat(answer("OPTIONS", "localhost", "Origin: https://studio.example\r\n" + preflight))
                .startsWith("HTTP/1.1 200")
                .contains(
                        "Access-Control-Allow-Origin: https://studio.example",
                        "Access-Control-Allow-Headers: authorization")
                .doesNotContain("Allow-Credentials");
        assertThat(answer("OPTIONS", "localhost", "Origin: https://evil.example\r\n" + preflight))
                .startsWith("HTTP/1.1 403")
                .doesNotContain("Access-Control-Allow-Origin");
    }

    @Test
    void keysCanBeRequiredOnThisMachineToo(@TempDir Path other) {
        assertThatThrownBy(() -> RunningServer.start(other, "--atelier.access.require-keys=true"))
                .rootCause()
                .isInstanceOf(NoKeyException.class)
                .hasMessageContaining("atelier.access.require-keys");
    }

    /** Written by hand: HTTP clients do not let their callers choose the host's name. */
    private static String answer(String method, String host, String headers) throws IOException {
        String port = String.valueOf(server.base().getPort());
        String request = "%s /api/v1/model/predictions HTTP/1.1\r\nHost: %s\r\n%sConnection: close\r\n\r\n"
                .formatted(method, host, headers)
                .replace("PORT", port);
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.base().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
