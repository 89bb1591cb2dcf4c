package dev.atelier.server.access;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.server.RunningServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths as clients join them, and the addresses that proxies tell of. */
class PathsAndHostsTest {
    private static final String FORWARDED =
            "X-Forwarded-Proto: https\r\nX-Forwarded-Host: images.example.com\r\nX-Forwarded-Port: 443\r\n";

    @TempDir
    static Path data;

    @TempDir
    static Path behindProxy;

    private static RunningServer server;
    private static RunningServer proxied;

    @BeforeAll
    static void start() {
        server = RunningServer.start(data, "--atelier.worker.enabled=false");
        proxied = RunningServer.start(
                behindProxy, "--atelier.worker.enabled=false", "--atelier.access.trusted-proxies=127.0.0.0/8,::1");
    }

    @AfterAll
    static void stop() {
        server.close();
        proxied.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /v1//models/",
                "GET //api/v1/models",
                "GET /api//v3/models",
                "GET /public/v1/model-usage/?group_by[]=model&group_by[]=api_key",
                "GET /api/v1/model/history//?no=1"
            })
    void pathsMayHaveSlashesTooMany(String line) throws IOException {
        assertThat(answer(server, line, "localhost", "")).startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            rebound.example |                              | Host: 'rebound.example' is no name of this machine's own
            localhost:PORT  | Origin: https://evil.example | Origin: 'https://evil.example' is another site
            localhost:PORT  | Sec-Fetch-Site: cross-site   | Sec-Fetch-Site: a page of another site asks
            """)
    void whoIsRefusedIsToldWhy(String host, String header, String message) throws IOException {
        assertThat(answer(server, "GET /api/v1/model/predictions", host, header == null ? "" : header + "\r\n"))
                .startsWith("HTTP/1.1 401")
                .contains(message, "while there is no key; 'atelier keys create' makes one", "application/json")
                .doesNotContain("a valid key is needed");
    }

    /** Tomcat keeps whether the line before had no version: what it cannot read after one is refused without a status line. */
    @ParameterizedTest
    @ValueSource(
            strings = {"GET /\r\n", "GET /\r\n\r\n", "GET /api/v1/models\r\n", "GET /nothing\n", "GET /index.html \r\n"
            })
    void aRequestLineWithoutAVersionGetsNoPage(String line) throws IOException {
        assertThat(send(server, line))
                .satisfiesAnyOf(
                        answer -> assertThat(answer).isEmpty(),
                        answer -> assertThat(answer).startsWith("HTTP/1.1 400"),
                        answer -> assertThat(answer)
                                .startsWith("{\"code\":400,\"message\":\"the request is no well-formed HTTP\""));
    }

    @Test
    void aRefusedOriginIsToldTheSetting(@TempDir Path other) throws IOException {
        try (RunningServer chosen = RunningServer.start(
                other, "--atelier.worker.enabled=false", "--atelier.access.allowed-origins=https://studio.example")) {
            assertThat(answer(chosen, "GET /v1/models", "localhost", "Origin: https://evil.example\r\n"))
                    .startsWith("HTTP/1.1 403")
                    .contains("\"error\":{", "Origin: 'https://evil.example'", "atelier.access.allowed-origins");
        }
    }

    @Test
    void headersOfProxiesAreBelievedFromTrustedAddressesOnly() throws IOException {
        assertThat(answer(server, "GET /api/v1/models", "localhost:PORT", FORWARDED))
                .contains("\"schema\":\"http://localhost:" + server.base().getPort() + "/api/v1/models/schema")
                .doesNotContain("images.example.com");
        assertThat(answer(proxied, "GET /api/v1/models", "localhost:PORT", FORWARDED))
                .contains("\"schema\":\"https://images.example.com/api/v1/models/schema");
        assertThat(answer(
                        proxied,
                        "GET /api/v1/models",
                        "localhost:PORT",
                        "Forwarded: for=192.0.2.1;proto=https;host=\"images.example.com:8443\"\r\n"))
                .contains("\"schema\":\"https://images.example.com:8443/api/v1/models/schema");
    }

    @Test
    void aForwardedHostIsNotThisMachine() throws IOException {
        assertThat(answer(proxied, "GET /api/v1/model/predictions", "localhost:PORT", FORWARDED))
                .startsWith("HTTP/1.1 401")
                .contains("Host: 'images.example.com'");
        assertThat(answer(proxied, "GET /api/v1/models", "localhost", "X-Forwarded-Host: 1.2.3.4.5\r\n"))
                .startsWith("HTTP/1.1 400");
    }

    @Test
    void aProxyThatIsNoAddressIsNamed(@TempDir Path other) {
        assertThatThrownBy(() -> RunningServer.start(other, "--atelier.access.trusted-proxies=10.0.0.0/99"))
                .rootCause()
                .hasMessage(
                        "atelier.access.trusted-proxies: '10.0.0.0/99' is no address such as 10.0.0.2 and no block such as"
                                + " 10.0.0.0/8");
    }

    private static String answer(RunningServer to, String line, String host, String headers) throws IOException {
        String port = String.valueOf(to.base().getPort());
        String request = "%s HTTP/1.1\r\nHost: %s\r\n%sConnection: close\r\n\r\n"
                .formatted(line, host, headers)
                .replace("PORT", port);
        return send(to, request);
    }

    private static String send(RunningServer to, String request) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), to.base().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }
}
