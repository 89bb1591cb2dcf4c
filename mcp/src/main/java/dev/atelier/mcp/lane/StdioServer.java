package dev.atelier.mcp.lane;

import dev.atelier.mcp.tool.Caller;
import dev.atelier.mcp.tool.ToolCall.Stop;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The server over standard streams: a message a line in, a message a line out, and nothing else. Each request has a thread of its own; what
 * is no message is answered with an error and the next line is read.
 */
public final class StdioServer {
    private static final Logger log = LoggerFactory.getLogger(StdioServer.class);
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(5);

    /** Ends the writer. */
    private static final String END = "";

    private final Lanes lanes;
    private final Caller caller;
    private final InputStream in;
    private final OutputStream out;
    private final BlockingQueue<String> outbox = new LinkedBlockingQueue<>();
    private final Map<JsonNode, Running> running = new ConcurrentHashMap<>();

    /** @param done ends when it has been answered */
    private record Running(CompletableFuture<Stop> stop, CompletableFuture<Void> done) {}

    public StdioServer(Lanes lanes, Caller caller, InputStream in, OutputStream out) {
        this.lanes = lanes;
        this.caller = caller;
        this.in = new BufferedInputStream(in);
        this.out = out;
    }

    /**
     * Serves until the input ends. Calls that still wait for pictures then are answered with what there is; what they ordered stays ordered.
     *
     * @throws IOException when the input cannot be read
     */
    public void run() throws IOException {
        Thread writer = Thread.ofPlatform().name("mcp-writer").start(this::write);
        try {
            for (byte[] line = line(); line != null; line = line()) {
                receive(line);
            }
        } finally {
            awaitLastAnswers();
            outbox.add(END);
            join(writer);
        }
    }

    /** The next line without its end; null when there is none. A longer one than is allowed is cut, and so is no message. */
    private byte[] line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
        int next = in.read();
        if (next < 0) {
            return null;
        }
        for (; next >= 0 && next != '\n'; next = in.read()) {
            if (line.size() <= JsonRpc.MOST_BYTES) {
                line.write(next);
            }
        }
        return line.toByteArray();
    }

    private void receive(byte[] line) {
        if (isBlank(line)) {
            return;
        }
        JsonNode id = null;
        try {
            ObjectNode message = JsonRpc.parse(line);
            id = JsonRpc.id(message);
            switch (JsonRpc.kind(message)) {
                case REQUEST -> begin(message);
                case NOTIFICATION -> notice(message);
                // Nothing is asked of clients, so nothing can be answered.
                case RESPONSE -> log.debug("a response that nobody waits for");
            }
        } catch (RpcException e) {
            send(e.reply(id).message());
        }
    }

    private static boolean isBlank(byte[] line) {
        for (byte b : line) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }

    private void begin(ObjectNode request) {
        JsonNode id = request.get("id");
        Running call = new Running(new CompletableFuture<>(), new CompletableFuture<>());
        if (running.putIfAbsent(id, call) != null) {
            send(new RpcException(
                            JsonRpc.INVALID_REQUEST, "Invalid request: id: another request with it is not answered yet")
                    .reply(id)
                    .message());
            return;
        }
        Thread.ofVirtual().name("mcp-request").start(() -> {
            try {
                Reply reply = lanes.answer(request, Lanes.isModern(request, null), caller, this::send, call.stop());
                if (call.stop().getNow(null) != Stop.CANCEL) {
                    send(reply.message());
                }
            } finally {
                running.remove(id);
                call.done().complete(null);
            }
        });
    }

    private void notice(ObjectNode notification) {
        if (notification.get("method").stringValue().equals("notifications/cancelled")) {
            JsonNode id = JsonRpc.params(notification).get("requestId");
            Running call = id == null ? null : running.get(id);
            if (call != null) {
                call.stop().complete(Stop.CANCEL);
            }
        }
    }

    private void send(ObjectNode message) {
        outbox.add(message.toString());
    }

    private void write() {
        try {
            for (String line = outbox.take(); !line.equals(END); line = outbox.take()) {
                out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        } catch (IOException e) {
            log.debug("the client went away", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitLastAnswers() {
        running.values().forEach(call -> call.stop().complete(Stop.LEAVE));
        CompletableFuture.allOf(running.values().stream().map(Running::done).toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, LAST_ANSWERS.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    private static void join(Thread writer) {
        try {
            writer.join(LAST_ANSWERS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
