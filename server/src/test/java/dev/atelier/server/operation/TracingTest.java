package dev.atelier.server.operation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.atelier.server.RunningServer;
import io.micrometer.tracing.Tracer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One trace from the caller's POST through the queue to the stages of the picture, sent in OpenTelemetry's own protocol. */
class TracingTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String CALLER = "00f067aa0ba902b7";
    private static final String BODY =
            "{\"model\": \"bytedance/seedream-v4.5\", \"prompt\": \"a barn\", \"size\": \"256*256\", \"steps\": 1}";

    @TempDir
    Path data;

    @Test
    void theCallersTraceGoesThroughTheQueue() throws Exception {
        try (Collector collector = new Collector();
                RunningServer server = RunningServer.start(
                        data,
                        "--management.opentelemetry.tracing.export.otlp.endpoint=" + collector.url(),
                        "--management.opentelemetry.tracing.export.schedule-delay=50ms")) {
            String parent = "00-" + TRACE + "-" + CALLER + "-01";
            String submitted = server.sendWith("POST", "/api/v1/model/generateImage", BODY, "traceparent", parent)
                    .body();
            server.poll(submitted.replaceFirst("(?s).*?\"id\":\"(pred_[0-9A-Z]+)\".*", "$1"));

            Span work = collector.await("atelier.work");
            Span submit = collector.await("atelier.submit");
            Span denoise = collector.await("denoise");
            Span decode = collector.await("decode");
            Span request = collector.await("http post /api/v1/model/generateImage");

            assertThat(request.parent()).isEqualTo(CALLER);
            assertThat(submit.parent()).isEqualTo(request.id());
            assertThat(work.parent()).isEqualTo(submit.id());
            assertThat(denoise.parent()).isEqualTo(work.id());
            assertThat(decode.parent()).isEqualTo(work.id());
        }
    }

    @Test
    void withoutAPlaceToSendTracesNothingTraces() {
        try (RunningServer server = RunningServer.start(data, "--atelier.worker.enabled=false")) {
            assertThat(server.context().getBeansOfType(Tracer.class)).isEmpty();
        }
    }

    private record Span(String id, String parent) {}

    /** Receives traces as a collector does, and reads of each span what the test looks at. */
    private static final class Collector implements AutoCloseable {
        /** The first fields of a span in protocol buffers: trace, id, parent, flags among them, name. */
        private static final Pattern SPAN =
                Pattern.compile("\\n\\x10(.{16})\\x12\\x08(.{8})\"\\x08(.{8})\\*(.)([ -~]+)", Pattern.DOTALL);

        private final HttpServer http =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
        private final Map<String, Span> spans = new HashMap<>();

        Collector() throws IOException {
            http.createContext("/v1/traces", exchange -> {
                received.add(new String(exchange.getRequestBody().readAllBytes(), ISO_8859_1));
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
            });
            http.start();
        }

        String url() {
            return "http://localhost:" + http.getAddress().getPort() + "/v1/traces";
        }

        /** The trace's span of this name, once it has come. */
        Span await(String name) throws InterruptedException {
            while (!spans.containsKey(name)) {
                String message = received.poll(60, TimeUnit.SECONDS);
                assertThat(message)
                        .as("no span '" + name + "' came, only " + spans.keySet())
                        .isNotNull();
                Matcher span = SPAN.matcher(message);
                while (span.find()) {
                    if (hex(span.group(1)).equals(TRACE)) {
                        String found = span.group(5).substring(0, span.group(4).charAt(0));
                        spans.put(found, new Span(hex(span.group(2)), hex(span.group(3))));
                    }
                }
            }
            return spans.get(name);
        }

        private static String hex(String bytes) {
            return HexFormat.of().formatHex(bytes.getBytes(ISO_8859_1));
        }

        @Override
        public void close() {
            http.stop(0);
        }
    }
}
