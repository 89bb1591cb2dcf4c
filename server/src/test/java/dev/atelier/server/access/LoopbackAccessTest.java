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
class LoopbackAccessTest {
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
        "localhost:PORT, https://localhost:PORT, 403",
        "localhost:PORT, https://studio.example, 401"
    })
    void pagesOfOtherSitesNeedAKey(String host, String origin, int status) throws IOException {
        assertThat(answer("GET", host, origin == null ? "" : "Origin: " + origin + "\r\n"))
                .startsWith("HTTP/1.1 " + status);
    }

    /** Pictures, links and scripts of another page: the browser sends no origin with them. */
    @ParameterizedTest
    @CsvSource({"same-origin, 200", "none, 200", "cross-site, 401", "same-site, 401", "else, 401"})
    void whatAnotherPageLoadsNeedsAKey(String site, int status) throws IOException {
        assertThat(answer("GET", "localhost:PORT", "Sec-Fetch-Site: " + site + "\r\n"))
                .startsWith("HTTP/1.1 " + status);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/|script-src 'self'; style-src 'self'; font-src",
                "/index.html|script-src 'self'; style-src 'self'; font-src",
                "/swagger-ui/index.html|script-src 'self'; style-src 'self' 'unsafe-inline'",
                "/api/v1/models|default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
                "/v3/api-docs|default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
                "/nothing|script-src 'self'; style-src 'self'; font-src"
            })
    void everyAnswerSaysWhatABrowserMayLoad(String path, String policy) throws IOException {
        assertThat(answer("GET", path, "localhost:PORT", "").lines())
                .filteredOn(line -> line.startsWith("Content-Security-Policy: "))
                .singleElement()
                .asString()
                .contains(policy, "default-src 'none'", "frame-ancestors 'none'");
    }

    @Test
    void theApiPageHasNoScriptInItsMarkup() throws IOException {
        assertThat(answer("GET", "/swagger-ui/index.html", "localhost:PORT", ""))
                .contains("<script src=\"./swagger-initializer.js\"")
                .doesNotContainPattern("<script(?![^>]* src=)[^>]*>|<style| onclick=");
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
        return answer(method, "/api/v1/model/predictions", host, headers);
    }

    private static String answer(String method, String path, String host, String headers) throws IOException {
        String port = String.valueOf(server.base().getPort());
        String request = "%s %s HTTP/1.1\r\nHost: %s\r\n%sConnection: close\r\n\r\n"
                .formatted(method, path, host, headers)
                .replace("PORT", port);
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.base().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
