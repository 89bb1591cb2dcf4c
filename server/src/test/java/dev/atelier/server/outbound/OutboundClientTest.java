package dev.atelier.server.outbound;

import static dev.atelier.server.outbound.OutboundException.Reason.BAD_URL;
import static dev.atelier.server.outbound.OutboundException.Reason.REFUSED;
import static dev.atelier.server.outbound.OutboundException.Reason.STATUS;
import static dev.atelier.server.outbound.OutboundException.Reason.TIMEOUT;
import static dev.atelier.server.outbound.OutboundException.Reason.TOO_LARGE;
import static dev.atelier.server.outbound.OutboundException.Reason.UNREACHABLE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server runs on loopback, which the policy under test allows; every other private address stays refused. */
class OutboundClientTest {
    private static final int MAX_BYTES = 1000;

    private final AtomicInteger lookups = new AtomicInteger();
    private final CountDownLatch finished = new CountDownLatch(1);
    private HttpServer server;
    private OutboundClient client;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        client = client(Duration.ofSeconds(20));
    }

    @AfterEach
    void stop() throws IOException {
        finished.countDown();
        client.close();
        server.stop(0);
    }

    @Test
    void bringsTheBodyAndAsksForTheHostOfTheUrl() {
        AtomicReference<String> host = new AtomicReference<>();
        server.createContext("/a.png", exchange -> {
            host.set(exchange.getRequestHeaders().getFirst("Host"));
            answer(exchange, 200, "picture");
        });

        byte[] body = client.get(url("pictures.test", "/a.png"), MAX_BYTES);

        assertThat(body).asString(UTF_8).isEqualTo("picture");
        assertThat(host).hasValue("pictures.test:" + server.getAddress().getPort());
    }

    @Test
    void connectsToTheAddressItCheckedWhenTheDnsAnswerChanges() {
        server.createContext("/a.png", exchange -> answer(exchange, 200, "picture"));

        byte[] body = client.get(url("rebinding.test", "/a.png"), MAX_BYTES);

        assertThat(body).asString(UTF_8).isEqualTo("picture");
        assertThat(lookups).hasValue(1);
    }

    @Test
    void checksAgainWhenARedirectLeadsBackToAHostWhoseAnswerChanged() {
        server.createContext("/a.png", exchange -> redirect(exchange, "/b.png"));

        assertFails(REFUSED, () -> client.get(url("rebinding.test", "/a.png"), MAX_BYTES));
        assertThat(lookups).hasValue(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"internal.test", "mixed.test", "metadata.test", "10.0.0.7", "[fd00::1]", "[::ffff:10.0.0.7]"})
    void refusesHostsAtPrivateAddresses(String host) {
        assertFails(REFUSED, () -> client.get(url(host, "/"), MAX_BYTES));
        assertFails(REFUSED, () -> client.post(url(host, "/"), new byte[0], Map.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://internal.test/", "http://169.254.169.254/latest/meta-data/", "//10.0.0.7/"})
    void refusesRedirectsToPrivateAddresses(String target) {
        server.createContext("/a.png", exchange -> redirect(exchange, target));

        assertFails(REFUSED, () -> client.get(url("pictures.test", "/a.png"), MAX_BYTES));
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/passwd", "http://0x7f.1/", "http://a@b.test/", "http://exa mple/"})
    void refusesRedirectsToUrlsThatWouldBeRefusedAtOnce(String target) {
        server.createContext("/a.png", exchange -> redirect(exchange, target));

        assertFails(BAD_URL, () -> client.get(url("pictures.test", "/a.png"), MAX_BYTES));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://10.0.0.7/a.png",
                "http://[fd00::1]/a.png",
                "http://[::ffff:169.254.169.254]/latest/meta-data/",
                "http://169.254.169.254:80/latest/meta-data/"
            })
    void refusesPrivateAddressesWithoutALookUp(String url) {
        assertFails(REFUSED, () -> client.check(url));
        assertThat(lookups).hasValue(0);
    }

    @Test
    void refusesThisMachinesNamesWithoutALookUp() throws IOException {
        try (OutboundClient strict = new OutboundClient(
                AddressPolicy.allowing(List.of()),
                new OutboundLimits(Duration.ofSeconds(1), Duration.ofSeconds(1), 0, 1),
                this::lookUp)) {
            for (String host : List.of("localhost", "LOCALHOST.", "studio.localhost", "127.0.0.1", "[::1]")) {
                assertFails(REFUSED, () -> strict.check("http://" + host + ":8080/outputs/a.png"));
            }
            assertThat(strict.check("https://localhost.example/a.png")).hasHost("localhost.example");
        }
        assertThat(lookups).hasValue(0);
    }

    @Test
    void followsThreeRedirectsAndNotFour() {
        server.createContext("/1", exchange -> redirect(exchange, "/2"));
        server.createContext("/2", exchange -> redirect(exchange, "/3"));
        server.createContext("/3", exchange -> redirect(exchange, "/4"));
        server.createContext("/4", exchange -> answer(exchange, 200, "picture"));
        server.createContext("/0", exchange -> redirect(exchange, "/1"));

        assertThat(client.get(url("pictures.test", "/1"), MAX_BYTES))
                .asString(UTF_8)
                .isEqualTo("picture");
        assertFails(STATUS, () -> client.get(url("pictures.test", "/0"), MAX_BYTES));
    }

    @Test
    void postsBodyAndHeadersAndFollowsNoRedirect() {
        AtomicReference<String> seen = new AtomicReference<>();
        server.createContext("/hook", exchange -> {
            seen.set(exchange.getRequestHeaders().getFirst("X-Id") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            answer(exchange, 202, "");
        });
        server.createContext("/moved", exchange -> redirect(exchange, "/hook"));

        int status = client.post(url("hooks.test", "/hook"), "{}".getBytes(UTF_8), Map.of("X-Id", "7"));

        assertThat(status).isEqualTo(202);
        assertThat(seen).hasValue("7 {}");
        assertFails(STATUS, () -> client.post(url("hooks.test", "/moved"), new byte[0], Map.of()));
    }

    @Test
    void takesABodyOfTheBoundAndNotOneByteMore() {
        server.createContext("/fits", exchange -> answer(exchange, 200, "x".repeat(MAX_BYTES)));
        server.createContext("/long", exchange -> answer(exchange, 200, "x".repeat(MAX_BYTES + 1)));
        server.createContext("/endless", this::answerWithoutEnd);

        assertThat(client.get(url("pictures.test", "/fits"), MAX_BYTES)).hasSize(MAX_BYTES);
        assertFails(TOO_LARGE, () -> client.get(url("pictures.test", "/long"), MAX_BYTES));
        assertFails(TOO_LARGE, () -> client.get(url("pictures.test", "/endless"), MAX_BYTES));
    }

    @Test
    void givesUpAfterTheTotalTimeEvenWhenBytesDrip() throws IOException {
        server.createContext("/slow", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('x');
            exchange.getResponseBody().flush();
            awaitEnd();
        });
        try (OutboundClient hasty = client(Duration.ofMillis(300))) {
            assertFails(TIMEOUT, () -> hasty.get(url("pictures.test", "/slow"), MAX_BYTES));
        }
    }

    @Test
    void saysWhatTheServerAnswered() {
        server.createContext("/gone", exchange -> answer(exchange, 410, "secret text"));

        OutboundException failure = assertFails(STATUS, () -> client.get(url("pictures.test", "/gone"), MAX_BYTES));

        assertThat(failure).hasMessage("the server answered 410");
        assertFails(UNREACHABLE, () -> client.get(url("nowhere.test", "/"), MAX_BYTES));
    }

    private OutboundClient client(Duration total) {
        OutboundLimits limits = new OutboundLimits(Duration.ofMillis(300), total, 3, 4);
        return new OutboundClient(AddressPolicy.allowing(List.of("127.0.0.1", "::1")), limits, this::lookUp);
    }

    private InetAddress[] lookUp(String host) throws UnknownHostException {
        int count = lookups.incrementAndGet();
        return switch (host) {
            case "pictures.test", "hooks.test" -> new InetAddress[] {InetAddress.getLoopbackAddress()};
            case "rebinding.test" ->
                new InetAddress[] {count == 1 ? InetAddress.getLoopbackAddress() : InetAddress.ofLiteral("10.0.0.7")};
            case "internal.test" -> new InetAddress[] {InetAddress.ofLiteral("192.168.0.1")};
            case "mixed.test" ->
                new InetAddress[] {InetAddress.getLoopbackAddress(), InetAddress.ofLiteral("10.0.0.7")};
            case "metadata.test" -> new InetAddress[] {InetAddress.ofLiteral("169.254.169.254")};
            case "nowhere.test" -> throw new UnknownHostException(host);
            default -> InetAddress.getAllByName(host);
        };
    }

    private URI url(String host, String path) {
        return URI.create("http://" + host + ":" + server.getAddress().getPort() + path);
    }

    private static OutboundException assertFails(OutboundException.Reason reason, ThrowingCallable call) {
        OutboundException failure = catchThrowableOfType(OutboundException.class, call);
        assertThat(failure).isNotNull();
        assertThat(failure.reason()).as(failure.getMessage()).isEqualTo(reason);
        return failure;
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    private static void redirect(HttpExchange exchange, String target) throws IOException {
        exchange.getResponseHeaders().add("Location", target);
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private void answerWithoutEnd(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        byte[] block = new byte[8192];
        try (OutputStream out = exchange.getResponseBody()) {
            while (finished.getCount() > 0) {
                out.write(block);
            }
        }
    }

    private void awaitEnd() throws IOException {
        try {
            finished.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
