package dev.atelier.mcp.lane;

import dev.atelier.mcp.FakeDrawing;
import dev.atelier.mcp.tool.Caller;
import dev.atelier.mcp.tool.Json;
import dev.atelier.mcp.tool.ToolCall.Stop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Requests of both lanes, without a transport. */
final class Exchange {
    static final Lanes LANES = new Lanes("1.2.3");

    final FakeDrawing service = new FakeDrawing();
    final List<ObjectNode> told = new ArrayList<>();

    /** What ends the next call before its time; null: nothing. */
    Stop stop;

    /** The answer of the lane of {@code initialize}. */
    JsonNode legacy(String method, String params) {
        return reply(method, object(params), false).message();
    }

    /** The answer of revision 2026-07-28 to a client that can do what {@code capabilities} says. */
    Reply modern(String method, String params, String capabilities) {
        ObjectNode given = object(params);
        given.withObject("/_meta").put("io.modelcontextprotocol/protocolVersion", "2026-07-28");
        given.withObject("/_meta").set("io.modelcontextprotocol/clientCapabilities", object(capabilities));
        return reply(method, given, true);
    }

    JsonNode modern(String method, String params) {
        return modern(method, params, "{}").message();
    }

    Reply reply(String method, ObjectNode params, boolean modern) {
        ObjectNode request = Json.object().put("jsonrpc", "2.0").put("id", 5).put("method", method);
        request.set("params", params);
        CompletableFuture<Stop> stopped = new CompletableFuture<>();
        if (stop != null) {
            stopped.complete(stop);
        }
        return LANES.answer(request, modern, new Caller(service, true, false), told::add, stopped);
    }

    static ObjectNode object(String json) {
        return (ObjectNode) Json.MAPPER.readTree(json.replace('\'', '"'));
    }
}
