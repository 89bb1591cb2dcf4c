package dev.atelier.server.api.mcp;

import dev.atelier.mcp.lane.JsonRpc;
import dev.atelier.mcp.lane.Lanes;
import dev.atelier.mcp.lane.Reply;
import dev.atelier.mcp.lane.RpcException;
import dev.atelier.mcp.tool.Caller;
import dev.atelier.mcp.tool.ToolCall.Stop;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Streamable HTTP: a message a POST, answered with JSON, or with a stream of events where messages come before the answer. Nothing is kept
 * between requests but what is being answered; the session id that older clients get only names whose requests they may cancel.
 */
final class McpEndpoint {
    private static final String SESSION = "Mcp-Session-Id";
    private static final String VERSION = "MCP-Protocol-Version";

    private final Lanes lanes;
    private final Map<Running, CompletableFuture<Stop>> running = new ConcurrentHashMap<>();

    /** A request that is being answered. */
    private record Running(String owner, String session, JsonNode id, Object once) {}

    McpEndpoint(Lanes lanes) {
        this.lanes = lanes;
    }

    /**
     * @param owner id of the caller's key
     * @throws IOException when the caller goes away
     */
    void post(HttpServletRequest request, HttpServletResponse response, Caller caller, String owner)
            throws IOException {
        JsonNode id = null;
        try {
            ObjectNode message = JsonRpc.parse(body(request));
            id = JsonRpc.id(message);
            boolean modern = Lanes.isModern(message, request.getHeader(VERSION));
            switch (JsonRpc.kind(message)) {
                case RESPONSE -> response.setStatus(HttpServletResponse.SC_ACCEPTED);
                case NOTIFICATION -> {
                    notice(message, request, owner);
                    response.setStatus(HttpServletResponse.SC_ACCEPTED);
                }
                case REQUEST -> {
                    if (modern) {
                        Lanes.requireHeaders(message, request::getHeader);
                    }
                    answer(message, modern, new Exchange(request, response, caller, owner));
                }
            }
        } catch (RpcException e) {
            write(response, e.reply(id));
        }
    }

    private record Exchange(HttpServletRequest request, HttpServletResponse response, Caller caller, String owner) {
        boolean accepts(String type) {
            String accept = request.getHeader("Accept");
            return accept == null || accept.contains(type) || accept.contains("*/*");
        }

        String session() {
            String session = request.getHeader(SESSION);
            return session == null ? "" : session;
        }
    }

    /** Reads no more than a message may have. */
    private static byte[] body(HttpServletRequest request) throws IOException, RpcException {
        byte[] bytes = request.getInputStream().readNBytes(JsonRpc.MOST_BYTES + 1);
        if (bytes.length > JsonRpc.MOST_BYTES) {
            throw JsonRpc.tooLong();
        }
        return bytes;
    }

    private void answer(ObjectNode message, boolean modern, Exchange exchange) throws IOException {
        boolean events = exchange.accepts(MediaType.TEXT_EVENT_STREAM_VALUE);
        if (!events && !exchange.accepts(MediaType.APPLICATION_JSON_VALUE)) {
            write(
                    exchange.response(),
                    JsonRpc.refused(
                            JsonRpc.id(message), 406, "Accept: application/json and text/event-stream are needed"));
            return;
        }
        CompletableFuture<Stop> stop = new CompletableFuture<>();
        // Requests of the newer revision are canceled by closing their streams, so two with one id do not matter.
        Running name = new Running(exchange.owner(), exchange.session(), message.get("id"), modern ? new Object() : "");
        if (running.putIfAbsent(name, stop) != null) {
            write(
                    exchange.response(),
                    JsonRpc.refused(
                            JsonRpc.id(message),
                            400,
                            "Invalid request: id: another request with it is not answered yet"));
            return;
        }
        try {
            if (events && lanes.streams(message)) {
                new EventReply(exchange.response(), stop, modern ? Stop.CANCEL : Stop.LEAVE)
                        .send(tell -> lanes.answer(message, modern, exchange.caller(), tell, stop));
            } else {
                Reply reply = lanes.answer(message, modern, exchange.caller(), _ -> {}, stop);
                if (message.get("method").stringValue().equals("initialize")) {
                    exchange.response().setHeader(SESSION, UUID.randomUUID().toString());
                }
                write(exchange.response(), reply);
            }
        } finally {
            running.remove(name);
        }
    }

    private void notice(ObjectNode notification, HttpServletRequest request, String owner) {
        if (notification.get("method").stringValue().equals("notifications/cancelled")) {
            String session = request.getHeader(SESSION);
            JsonNode id = notification.path("params").path("requestId");
            CompletableFuture<Stop> stop = running.get(new Running(owner, session == null ? "" : session, id, ""));
            if (stop != null) {
                stop.complete(Stop.CANCEL);
            }
        }
    }

    /** Answers what waits for pictures with what there is, because the service stops. */
    void close() {
        running.values().forEach(stop -> stop.complete(Stop.LEAVE));
    }

    private static void write(HttpServletResponse response, Reply reply) throws IOException {
        response.setStatus(reply.status());
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.getOutputStream().write(reply.message().toString().getBytes(StandardCharsets.UTF_8));
    }
}
