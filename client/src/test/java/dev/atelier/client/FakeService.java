package dev.atelier.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** A service that answers what a test tells it to, in order, and the client of it, whose pauses take no time. */
final class FakeService implements AutoCloseable {
    static final String PREDICTION = """
            {"id":"pred_1","model":"m","served_by":"m","status":"%s","state":"%s","outputs":%s,"images":[],"error":"%s",
            "metrics":{},"progress":0.5,"seed":7,"revised_prompt":"a fox","warnings":[],"reasons":[],
            "created_at":"2026-01-01T00:00:00Z","started_at":"","completed_at":"","newer_than_this_client":1}""";

    /** What was heard. */
    record Heard(String method, String target, Map<String, List<String>> headers, String body) {
        String header(String name) {
            return headers.getOrDefault(name, List.of("")).getFirst();
        }
    }

    /** Answers one request. */
    interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    final List<Heard> heard = new CopyOnWriteArrayList<>();
    final PassingTime time = new PassingTime();

    private final HttpServer server;
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();

    FakeService() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    /** Time that passes when the client pauses, and only then. */
    static final class PassingTime implements Time {
        final List<Duration> pauses = new CopyOnWriteArrayList<>();
        private final AtomicLong now = new AtomicLong();

        @Override
        public long nanos() {
            return now.get();
        }

        @Override
        public void pause(Duration pause) {
            pauses.add(pause);
            now.addAndGet(pause.toNanos());
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            heard.add(new Heard(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    Map.copyOf(exchange.getRequestHeaders()),
                    new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
            Answer next = answers.poll();
            (next == null ? json(500, "{\"message\":\"nothing more to answer\"}") : next).to(exchange);
        }
    }

    FakeService then(Answer answer) {
        answers.add(answer);
        return this;
    }

    FakeService then(int status, String json, String... headers) {
        return then(json(status, json, headers));
    }

    static Answer json(int status, String json, String... headers) {
        return exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
            }
            byte[] bytes = json.getBytes(UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            if (bytes.length > 0) {
                exchange.getResponseBody().write(bytes);
            }
        };
    }

    /** A stream of events that ends after them. */
    static Answer events(String text) {
        return exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(text.getBytes(UTF_8));
        };
    }

    /** The connection is closed in the middle of an answer; before its first byte the JDK itself would ask again. */
    static Answer broken() {
        return exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
        };
    }

    static String prediction(String state) {
        String status = state.equals("canceled") ? "failed" : state;
        String error = status.equals("failed") ? "no memory" : "";
        return PREDICTION
                .formatted(status, state, state.equals("completed") ? "[\"/outputs/1.png\"]" : "[]", error)
                .replace("\n", "");
    }

    static String answer(String state) {
        return "{\"code\":200,\"message\":\"success\",\"data\":" + prediction(state) + "}";
    }

    AtelierClient client() {
        return builder().open(time);
    }

    AtelierClientBuilder builder() {
        return AtelierClient.at("http://localhost:" + server.getAddress().getPort())
                .key("secret");
    }

    String base() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    List<String> targets() {
        List<String> targets = new ArrayList<>();
        heard.forEach(one -> targets.add(one.method() + " " + one.target()));
        return targets;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
