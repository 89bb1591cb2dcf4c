package dev.atelier.mcp.lane;

import dev.atelier.api.PredictionView;
import dev.atelier.mcp.DrawingException;
import dev.atelier.mcp.offer.Offer;
import dev.atelier.mcp.tool.Json;
import dev.atelier.mcp.tool.Tool;
import dev.atelier.mcp.tool.Toolbox;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Revision 2026-07-28, which keeps nothing between requests: each says its version and what its client can do. With the extension
 * {@code io.modelcontextprotocol/tasks} a call that waits for pictures is a task, and the task is the prediction.
 */
final class ModernLane {
    static final String VERSION = "2026-07-28";
    static final String META_VERSION = "io.modelcontextprotocol/protocolVersion";
    static final String TASKS = "io.modelcontextprotocol/tasks";

    private static final String META_CAPABILITIES = "io.modelcontextprotocol/clientCapabilities";
    private static final String META_SERVER = "io.modelcontextprotocol/serverInfo";
    private static final String META_SUBSCRIPTION = "io.modelcontextprotocol/subscriptionId";
    private static final int UNSUPPORTED_VERSION = -32022;
    private static final int MISSING_CAPABILITY = -32021;
    private static final int BAD_REQUEST = 400;
    private static final int FOR_AN_HOUR = 3_600_000;
    private static final int FOR_A_MINUTE = 60_000;

    private final Offer offer;
    private final ObjectNode server;

    ModernLane(Offer offer) {
        this.offer = offer;
        server = offer.serverInfo().retain(List.of("name", "title", "version"));
    }

    ObjectNode answer(RpcCall call) throws RpcException {
        requireMeta(call.request());
        requireSupported(call.meta().get(META_VERSION).stringValue());
        ObjectNode result = switch (call.request().get("method").stringValue()) {
            case "server/discover" -> cached(discovered(), FOR_AN_HOUR, true);
            case "tools/list" -> cached(listed("tools", offer.tools().list(call.caller())), FOR_A_MINUTE, false);
            case "tools/call" -> called(call);
            case "resources/list" ->
                cached(listed("resources", offer.resources().list()), FOR_AN_HOUR, true);
            case "resources/templates/list" ->
                cached(listed("resourceTemplates", offer.resources().templates()), FOR_AN_HOUR, true);
            case "resources/read" -> cached(read(call), 0, false);
            case "prompts/list" -> cached(listed("prompts", offer.prompts().list()), FOR_AN_HOUR, true);
            case "prompts/get" -> complete(prompt(call));
            case "completion/complete" -> complete(completed(call));
            case "subscriptions/listen" -> listened(call);
            case "tasks/get" ->
                complete(Tasks.detailed(prediction(call), call.caller().service()));
            case "tasks/update" -> {
                prediction(call);
                yield complete(Json.object());
            }
            case "tasks/cancel" -> canceled(call);
            default ->
                throw new RpcException(
                        JsonRpc.METHOD_NOT_FOUND,
                        "Method not found: " + call.request().get("method").stringValue(),
                        null,
                        404);
        };
        if (!(result.get("_meta") instanceof ObjectNode)) {
            result.putObject("_meta");
        }
        ((ObjectNode) result.get("_meta")).set(META_SERVER, server);
        return JsonRpc.result(call.request().get("id"), result);
    }

    /** @throws RpcException when a request does not say its version, or what its client can do */
    static void requireMeta(ObjectNode request) throws RpcException {
        JsonNode meta = JsonRpc.params(request).path("_meta");
        if (!meta.path(META_VERSION).isString()) {
            throw malformed("_meta: " + META_VERSION + " is missing");
        }
        if (!meta.path(META_CAPABILITIES).isObject()) {
            throw malformed("_meta: " + META_CAPABILITIES + " is missing");
        }
    }

    private static void requireSupported(String version) throws RpcException {
        if (!version.equals(VERSION)) {
            ObjectNode data = Json.object();
            data.putArray("supported").add(VERSION);
            data.put("requested", Lanes.shortened(version));
            throw new RpcException(UNSUPPORTED_VERSION, "Unsupported protocol version", data, BAD_REQUEST);
        }
    }

    private static RpcException malformed(String what) {
        return new RpcException(JsonRpc.INVALID_PARAMS, what, null, BAD_REQUEST);
    }

    private static ObjectNode complete(ObjectNode result) {
        return result.put("resultType", "complete");
    }

    private static ObjectNode cached(ObjectNode result, int millis, boolean forEveryone) {
        return complete(result).put("ttlMs", millis).put("cacheScope", forEveryone ? "public" : "private");
    }

    private static ObjectNode listed(String name, ArrayNode list) {
        ObjectNode result = Json.object();
        result.set(name, list);
        return result;
    }

    private ObjectNode discovered() {
        ObjectNode result = Json.object();
        result.putArray("supportedVersions").add(VERSION);
        ObjectNode capabilities = result.putObject("capabilities");
        List.of("tools", "resources", "prompts", "completions").forEach(capabilities::putObject);
        capabilities.putObject("extensions").putObject(TASKS);
        result.putObject("_meta").set(META_SERVER, offer.serverInfo());
        return result.put("instructions", Offer.INSTRUCTIONS);
    }

    private ObjectNode called(RpcCall call) throws RpcException {
        Tool tool = Lanes.tool(offer, call);
        try (ProgressTeller progress = call.progress()) {
            if (tool.waits()
                    && call.meta().get(META_CAPABILITIES).path("extensions").has(TASKS)) {
                Toolbox.Submission made = offer.tools().submit(tool, call.toolCall(progress));
                return made.prediction() == null
                        ? complete(Contents.of(made.refusal()))
                        : Tasks.created(made.prediction(), call.caller().service());
            }
            return complete(Contents.of(offer.tools().call(tool, call.toolCall(progress))));
        }
    }

    private ObjectNode read(RpcCall call) throws RpcException {
        String uri = text(call.params(), "uri");
        ObjectNode result = Json.object();
        try {
            result.putArray("contents")
                    .add(offer.resources()
                            .read(uri, call.caller().service())
                            .orElseThrow(() -> new RpcException(
                                    JsonRpc.INVALID_PARAMS,
                                    "Resource not found",
                                    Json.object().put("uri", uri),
                                    200)));
            return result;
        } catch (DrawingException e) {
            throw new RpcException(JsonRpc.INTERNAL_ERROR, e.getMessage());
        }
    }

    private ObjectNode prompt(RpcCall call) throws RpcException {
        String name = text(call.params(), "name");
        if (!offer.prompts().has(name)) {
            throw new RpcException(JsonRpc.INVALID_PARAMS, "name: there is no prompt '" + Lanes.shortened(name) + "'");
        }
        Map<String, String> arguments = new HashMap<>();
        call.params()
                .path("arguments")
                .propertyStream()
                .forEach(e -> arguments.put(e.getKey(), e.getValue().asString("")));
        try {
            return offer.prompts().get(name, arguments);
        } catch (IllegalArgumentException e) {
            throw new RpcException(JsonRpc.INVALID_PARAMS, e.getMessage());
        }
    }

    private ObjectNode completed(RpcCall call) throws RpcException {
        ObjectNode params = call.params();
        String type = params.path("ref").path("type").asString("");
        boolean resource = type.equals("ref/resource");
        if (!resource && !type.equals("ref/prompt")) {
            throw new RpcException(JsonRpc.INVALID_PARAMS, "ref: type is neither ref/prompt nor ref/resource");
        }
        if (!resource && !offer.prompts().has(params.path("ref").path("name").asString(""))) {
            throw new RpcException(JsonRpc.INVALID_PARAMS, "ref: there is no such prompt");
        }
        if (!(params.get("argument") instanceof ObjectNode argument)) {
            throw new RpcException(JsonRpc.INVALID_PARAMS, "argument: missing");
        }
        try {
            return Contents.completion(offer.completions()
                    .of(
                            resource,
                            text(argument, "name"),
                            argument.path("value").asString(""),
                            call.caller().service()));
        } catch (DrawingException e) {
            throw new RpcException(JsonRpc.INTERNAL_ERROR, e.getMessage());
        }
    }

    /** Nothing here changes without a request, so nothing can be promised: the stream is acknowledged and ends. */
    private static ObjectNode listened(RpcCall call) throws RpcException {
        if (call.params().path("notifications").has("taskIds")
                && !call.meta().get(META_CAPABILITIES).path("extensions").has(TASKS)) {
            ObjectNode data = Json.object();
            data.putObject("requiredCapabilities").putObject("extensions").putObject(TASKS);
            throw new RpcException(MISSING_CAPABILITY, "Missing required client capability", data, BAD_REQUEST);
        }
        ObjectNode acknowledged = Json.object();
        acknowledged.putObject("_meta").set(META_SUBSCRIPTION, call.request().get("id"));
        acknowledged.putObject("notifications");
        call.tell().accept(JsonRpc.notification("notifications/subscriptions/acknowledged", acknowledged));
        ObjectNode result = Json.object();
        result.putObject("_meta").set(META_SUBSCRIPTION, call.request().get("id"));
        return complete(result);
    }

    private static ObjectNode canceled(RpcCall call) throws RpcException {
        PredictionView task = prediction(call);
        try {
            call.caller().service().cancel(task.id());
        } catch (DrawingException e) {
            if (e.status() != 409) {
                throw new RpcException(JsonRpc.INTERNAL_ERROR, e.getMessage());
            }
            // It had ended already.
        }
        return complete(Json.object());
    }

    private static PredictionView prediction(RpcCall call) throws RpcException {
        String id = text(call.params(), "taskId");
        boolean changes = !call.request().get("method").stringValue().equals("tasks/get");
        if (changes && !call.caller().mayDraw()) {
            throw new RpcException(JsonRpc.INVALID_PARAMS, "this key may only read");
        }
        try {
            return call.caller().service().get(id);
        } catch (DrawingException e) {
            throw e.status() == 404
                    ? new RpcException(JsonRpc.INVALID_PARAMS, "taskId: there is no such task")
                    : new RpcException(JsonRpc.INTERNAL_ERROR, e.getMessage());
        }
    }

    private static String text(ObjectNode params, String field) throws RpcException {
        JsonNode value = params.get(field);
        if (value == null || !value.isString() || value.stringValue().isEmpty()) {
            throw new RpcException(JsonRpc.INVALID_PARAMS, field + ": missing; a string is needed");
        }
        return value.stringValue();
    }
}
