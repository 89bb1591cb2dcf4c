package dev.atelier.mcp.lane;

import dev.atelier.mcp.tool.Json;
import dev.atelier.mcp.tool.ToolCall.Step;
import java.time.Duration;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Sends {@code notifications/progress} for a request that named a token: growing, not too often, and none after its answer. */
final class ProgressTeller implements Consumer<Step>, AutoCloseable {
    private static final long PAUSE = Duration.ofMillis(200).toNanos();
    private static final double SMALLEST = 0.0001;

    private final JsonNode token;
    private final Consumer<ObjectNode> tell;
    private double last = -1;
    private String words = "";
    private long lastAt;
    private boolean closed;

    ProgressTeller(JsonNode token, Consumer<ObjectNode> tell) {
        this.token = JsonRpc.isId(token) ? token : null;
        this.tell = tell;
    }

    @Override
    public synchronized void accept(Step step) {
        long now = System.nanoTime();
        boolean soon = last >= 0 && now - lastAt < PAUSE;
        if (token == null || closed || soon && step.done() < 1 || step.words().equals(words)) {
            return;
        }
        last = Math.max(Math.clamp(step.done(), 0, 1), last < 0 ? 0 : last + SMALLEST);
        lastAt = now;
        words = step.words();
        ObjectNode params = Json.object();
        params.set("progressToken", token);
        params.put("progress", last).put("total", Math.max(1, last)).put("message", words);
        tell.accept(JsonRpc.notification("notifications/progress", params));
    }

    @Override
    public synchronized void close() {
        closed = true;
    }
}
