package dev.atelier.mcp.lane;

import dev.atelier.mcp.tool.Caller;
import dev.atelier.mcp.tool.Json;
import dev.atelier.mcp.tool.ToolCall;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request that is being answered.
 *
 * @param tell sends a message that belongs to the request before its answer, from any thread, without waiting
 * @param stop ends it before its time
 */
record RpcCall(ObjectNode request, Caller caller, Consumer<ObjectNode> tell, CompletableFuture<ToolCall.Stop> stop) {
    ObjectNode params() {
        return JsonRpc.params(request);
    }

    ObjectNode meta() {
        return params().get("_meta") instanceof ObjectNode meta ? meta : Json.object();
    }

    /** As a call of a tool, which tells its progress when the request wants it. */
    ToolCall toolCall(ProgressTeller progress) {
        JsonNode given = params().get("arguments");
        ObjectNode arguments = given instanceof ObjectNode object ? object : Json.object();
        return new ToolCall(caller, arguments, progress, stop);
    }

    /** Ends with the call. */
    ProgressTeller progress() {
        return new ProgressTeller(meta().get("progressToken"), tell);
    }
}
