package dev.atelier.mcp.lane;

import dev.atelier.mcp.offer.Offer;
import dev.atelier.mcp.tool.Caller;
import dev.atelier.mcp.tool.Tool;
import dev.atelier.mcp.tool.ToolCall.Stop;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Answers requests of every revision, each in its own. Transports bring them in and take the answers out. */
public final class Lanes {
    private static final Logger log = LoggerFactory.getLogger(Lanes.class);
    private static final int SHOWN = 80;

    private final Offer offer;
    private final LegacyLane legacy;
    private final ModernLane modern;

    /** @param version of Atelier */
    public Lanes(String version) {
        offer = new Offer(version);
        legacy = new LegacyLane(offer);
        modern = new ModernLane(offer);
    }

    /**
     * Whether a message is of the revision that keeps nothing between requests.
     *
     * @param header {@code MCP-Protocol-Version}; null when there is none
     */
    public static boolean isModern(ObjectNode message, String header) {
        return JsonRpc.params(message).path("_meta").has(ModernLane.META_VERSION)
                || message.path("method").asString("").equals("server/discover")
                || header != null && !LegacyLane.VERSIONS.contains(header.strip());
    }

    /** @throws RpcException when a modern request lacks what each has to say, or its headers say something else */
    public static void requireHeaders(ObjectNode request, UnaryOperator<String> header) throws RpcException {
        ModernLane.requireMeta(request);
        ModernHeaders.require(request, header);
    }

    /** Whether messages may come before the answer, or it may take long, so that a stream is better than one body. */
    public boolean streams(ObjectNode request) {
        String method = request.path("method").asString("");
        return method.equals("subscriptions/listen")
                || method.equals("tools/call")
                        && offer.tools()
                                .find(JsonRpc.params(request).path("name").asString(""))
                                .filter(Tool::waits)
                                .isPresent();
    }

    /**
     * Answers a request; whatever goes wrong is an error in the answer.
     *
     * @param tell sends what comes before the answer, from any thread; must not wait
     * @param stop ends a call that waits before its time
     */
    public Reply answer(
            ObjectNode request,
            boolean isModern,
            Caller caller,
            Consumer<ObjectNode> tell,
            CompletableFuture<Stop> stop) {
        RpcCall call = new RpcCall(request, caller, tell, stop);
        try {
            return new Reply(200, isModern ? modern.answer(call) : legacy.answer(call));
        } catch (RpcException e) {
            return e.reply(request.get("id"));
        } catch (RuntimeException e) {
            log.error("{} failed", request.path("method"), e);
            return new RpcException(JsonRpc.INTERNAL_ERROR, "Internal error; the server's log has it")
                    .reply(request.get("id"));
        }
    }

    /** The tool that a call names. */
    static Tool tool(Offer offer, RpcCall call) throws RpcException {
        JsonNode name = call.params().get("name");
        if (name == null || !name.isString()) {
            throw new RpcException(JsonRpc.INVALID_PARAMS, "name: missing; the name of a tool is needed");
        }
        JsonNode arguments = call.params().get("arguments");
        if (arguments != null && !arguments.isObject() && !arguments.isNull()) {
            throw new RpcException(JsonRpc.INVALID_PARAMS, "arguments: is no object");
        }
        return offer.tools()
                .find(name.stringValue())
                .orElseThrow(() ->
                        new RpcException(JsonRpc.INVALID_PARAMS, "Unknown tool: " + shortened(name.stringValue())));
    }

    static String shortened(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
