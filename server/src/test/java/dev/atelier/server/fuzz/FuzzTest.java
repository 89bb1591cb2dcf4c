package dev.atelier.server.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.server.RunningServer;
import dev.atelier.server.media.HostileFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Thousands of bad requests over real connections: each is refused with a 4xx that says what is wrong, none with a 5xx or
 * a trace, and the service is well afterwards. The seeds are fixed, so a failure comes back with its test.
 */
class FuzzTest {
    private static final int SHOWN_FAILURES = 15;

    @TempDir
    static Path data;

    private static RunningServer server;
    private static RawHttp http;

    @BeforeAll
    static void start() {
        server = RunningServer.start(data, "--atelier.worker.enabled=false");
        http = new RawHttp(server.base().getPort());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void refusesBadBodies() throws IOException {
        BadBodies bodies = new BadBodies(new Random(20_261_122));

        assertRefused(3200, bodies::next, true);
    }

    @Test
    void refusesBadForms() throws IOException {
        BadForms forms = new BadForms(new Random(20_261_123));

        assertRefused(1200, forms::next, true);
    }

    @Test
    void refusesBadPathsMethodsAndHeaders() throws IOException {
        BadHeads heads = new BadHeads(new Random(20_261_124));

        assertRefused(1200, heads::next, false);
    }

    @Test
    void namesTheHostThatIsNone() throws IOException {
        for (String host : List.of("1.2.3.4.5", "127.999.999.999", "")) {
            RawHttp.Answer answer = http.send(
                    ("GET /api/v1/models HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n").getBytes());

            assertThat(answer.status()).as(host).isEqualTo(400);
            assertThat(answer.body()).contains("Host: '" + host + "' is no host name and no IP address");
        }
    }

    /** RFC 9112, 3.2: clients of HTTP/1.0 need not name the host. */
    @Test
    void needsNoHostInTheOldVersion() throws IOException {
        assertThat(http.send("GET /api/v1/models HTTP/1.0\r\n\r\n".getBytes()).status())
                .isEqualTo(200);
    }

    @Test
    void saysWhatItDoesNotDoAsTheCallersFault() throws IOException {
        assertThat(http.send("GET /v1/models HTTP/3.0\r\nHost: localhost\r\n\r\n".getBytes()))
                .satisfies(answer -> {
                    assertThat(answer.status()).isEqualTo(400);
                    assertThat(answer.body()).contains("only HTTP/1.1 and HTTP/1.0 are supported");
                });
        assertThat(http.send("CONNECT other:443 HTTP/1.1\r\nHost: other:443\r\n\r\n".getBytes()))
                .satisfies(answer -> {
                    assertThat(answer.status()).isEqualTo(405);
                    assertThat(answer.body()).contains("this is no proxy");
                });
        assertThat(http.send(
                        "POST /v1/images/generations HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"
                                .getBytes()))
                .satisfies(answer -> {
                    assertThat(answer.status()).isEqualTo(400);
                    assertThat(answer.body()).contains("Transfer-Encoding: only chunked is supported");
                });
    }

    /** A changed file may still be a picture; then it is taken like one. */
    @Test
    void readsOrRefusesDamagedPictures() throws IOException {
        Random random = new Random(20_261_125);
        List<byte[]> originals = List.of(
                HostileFiles.picture("png", 40, 30),
                HostileFiles.picture("jpg", 40, 30),
                HostileFiles.picture("gif", 40, 30),
                HostileFiles.picture("bmp", 40, 30),
                HostileFiles.picture("tif", 40, 30),
                HostileFiles.polyglot());
        Map<Integer, Integer> counts = new TreeMap<>();
        List<String> failures = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            byte[] file = damaged(originals.get(random.nextInt(originals.size())), random);
            byte[] form = BadForms.form(BadForms.part("file", "a.png", "image/png", file));
            RawHttp.Answer answer = http.send(
                    BadRequest.post("/api/v1/model/uploadMedia", "multipart/form-data; boundary=b", form, List.of(), "")
                            .bytes());
            counts.merge(answer.status(), 1, Integer::sum);
            boolean fine = answer.status() == 200
                    || (answer.status() == 413 || answer.status() == 422)
                            && answer.body().contains("\"message\":\"file: ");
            if (!fine) {
                failures.add(i + ": " + answer);
            }
        }
        assertThat(failures).isEmpty();
        assertThat(counts.keySet()).as("both happen").contains(200, 422);
    }

    private static byte[] damaged(byte[] original, Random random) {
        byte[] file = random.nextInt(4) == 0
                ? Arrays.copyOf(original, 1 + random.nextInt(original.length))
                : original.clone();
        for (int i = random.nextInt(12); i >= 0; i--) {
            int region = random.nextBoolean() ? Math.min(file.length, 64) : file.length;
            file[random.nextInt(region)] = (byte) random.nextInt(256);
        }
        return file;
    }

    private static void assertRefused(int count, Supplier<BadRequest> requests, boolean byControllers)
            throws IOException {
        List<String> failures = new ArrayList<>();
        Map<Integer, Integer> counts = new TreeMap<>();
        for (int i = 0; i < count && failures.size() < SHOWN_FAILURES; i++) {
            BadRequest request = requests.get();
            RawHttp.Answer answer = http.send(request.bytes());
            counts.merge(answer.status(), 1, Integer::sum);
            String flaw = flaw(request, answer);
            if (!flaw.isEmpty()) {
                failures.add(i + " " + request.about() + ": " + flaw + " " + answer.status() + " " + answer.body());
            }
        }
        assertThat(failures).as("wrongly answered; statuses " + counts).isEmpty();
        assertThat(http.send("GET /v1/models HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes())
                        .status())
                .as("the service is well")
                .isEqualTo(200);
        assertThat(counts.keySet()).allMatch(status -> status >= 400 && status < 500);
        assertThat(byControllers ? counts.keySet() : List.of()).doesNotContain(401, 403);
    }

    /** What is wrong with the answer; empty when nothing is. */
    private static String flaw(BadRequest request, RawHttp.Answer answer) {
        if (answer.status() < 400 || answer.status() >= 500) {
            return "status";
        }
        if (!answer.isJson()) {
            return "not JSON: " + answer.head();
        }
        String message = message(answer.body());
        String lower = message.toLowerCase(Locale.ROOT);
        if (message.isBlank()
                || lower.contains("exception")
                || lower.contains("dev.atelier")
                || lower.contains("java.")) {
            return "message";
        }
        boolean named = request.names().stream().anyMatch(name -> lower.contains(name.toLowerCase(Locale.ROOT)));
        return named ? "" : "names none of " + request.names();
    }

    private static String message(String body) {
        try {
            JsonNode json = JsonMapper.shared().readTree(body);
            JsonNode message = json.path("message").isString() ? json.path("message") : json.at("/error/message");
            return message.asString("");
        } catch (JacksonException _) {
            return "";
        }
    }
}
