package dev.atelier.server.api.mcp;

import dev.atelier.mcp.lane.Reply;
import dev.atelier.mcp.tool.ToolCall.Stop;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.springframework.http.MediaType;
import tools.jackson.databind.node.ObjectNode;

/**
 * An answer as server-sent events. The request's thread writes and the work has one of its own, so that a slow listener holds nobody up;
 * comments in between find out whether anyone listens still.
 */
final class EventReply {
    private static final long PULSE_MILLIS = 500;

    private final HttpServletResponse response;
    private final CompletableFuture<Stop> stop;
    private final Stop whenGone;
    private final BlockingQueue<Message> outbox = new LinkedBlockingQueue<>();

    private record Message(ObjectNode content, boolean last) {}

    /** @param whenGone what a listener that goes away means */
    EventReply(HttpServletResponse response, CompletableFuture<Stop> stop, Stop whenGone) {
        this.response = response;
        this.stop = stop;
        this.whenGone = whenGone;
    }

    /** @param work answers; what comes before the answer goes to its parameter */
    void send(Function<Consumer<ObjectNode>, Reply> work) throws IOException {
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.setHeader("Cache-Control", "no-store");
        // Proxies would keep events back until a buffer is full.
        response.setHeader("X-Accel-Buffering", "no");
        Thread.ofVirtual()
                .name("mcp-request")
                .start(() -> outbox.add(new Message(
                        work.apply(content -> outbox.add(new Message(content, false)))
                                .message(),
                        true)));
        try {
            write(response.getOutputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop.complete(Stop.LEAVE);
        } catch (IOException e) {
            stop.complete(whenGone);
            throw e;
        }
    }

    private void write(OutputStream out) throws IOException, InterruptedException {
        response.flushBuffer();
        for (boolean more = true; more; ) {
            Message message = outbox.poll(PULSE_MILLIS, TimeUnit.MILLISECONDS);
            more = message == null || !message.last();
            if (message == null) {
                out.write(":\n\n".getBytes(StandardCharsets.UTF_8));
            } else if (more || stop.getNow(null) != Stop.CANCEL) {
                out.write(("event: message\ndata: " + message.content() + "\n\n").getBytes(StandardCharsets.UTF_8));
            }
            out.flush();
        }
    }
}
