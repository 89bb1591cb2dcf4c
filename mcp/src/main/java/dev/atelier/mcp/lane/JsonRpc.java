package dev.atelier.mcp.lane;

import dev.atelier.mcp.tool.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Messages of JSON-RPC 2.0 as the protocol uses them: single ones, with ids that are texts or whole numbers. */
public final class JsonRpc {
    /** A message may carry a picture of 30 MB in base64. */
    public static final int MOST_BYTES = 64 << 20;

    static final int PARSE_ERROR = -32700;
    static final int INVALID_REQUEST = -32600;
    static final int METHOD_NOT_FOUND = -32601;
    static final int INVALID_PARAMS = -32602;
    static final int INTERNAL_ERROR = -32603;

    private static final String VERSION = "2.0";
    private static final int BAD_REQUEST = 400;
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(64)
                            .maxStringLength(MOST_BYTES)
                            .maxNumberLength(60)
                            .maxNameLength(500)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JsonRpc() {}

    /** What a message is. */
    public enum Kind {
        REQUEST,
        NOTIFICATION,
        RESPONSE
    }

    /** @throws RpcException when it is no message */
    public static ObjectNode parse(byte[] bytes) throws RpcException {
        JsonNode node;
        try {
            node = MAPPER.readTree(bytes);
        } catch (JacksonException e) {
            throw new RpcException(PARSE_ERROR, "Parse error: the message is no valid JSON", null, BAD_REQUEST);
        }
        if (node instanceof ObjectNode message) {
            return message;
        }
        throw invalid(
                node != null && node.isArray()
                        ? "batches are not supported; send each message by itself"
                        : "a message is a JSON object");
    }

    /** What a message that is too long is refused with. */
    public static RpcException tooLong() {
        return new RpcException(INVALID_REQUEST, "Invalid request: the message is longer than 64 MiB", null, 413);
    }

    /**
     * An answer of the transport itself.
     *
     * @param id of the request; null: not known
     * @param status of HTTP
     */
    public static Reply refused(JsonNode id, int status, String words) {
        return new Reply(status, error(id, INVALID_REQUEST, words, null));
    }

    /** @throws RpcException when its members do not make a message */
    public static Kind kind(ObjectNode message) throws RpcException {
        if (!message.path("jsonrpc").asString("").equals(VERSION)) {
            throw invalid("jsonrpc: is not \"2.0\"");
        }
        if (!message.has("method")) {
            if (message.has("result") || message.has("error")) {
                return Kind.RESPONSE;
            }
            throw invalid("method: missing");
        }
        if (!message.get("method").isString()) {
            throw invalid("method: is no string");
        }
        if (message.hasNonNull("params") && !message.get("params").isObject()) {
            throw new RpcException(INVALID_PARAMS, "params: is no object", null, BAD_REQUEST);
        }
        if (!message.has("id")) {
            return Kind.NOTIFICATION;
        }
        if (!isId(message.get("id"))) {
            throw invalid("id: is neither a string nor a whole number");
        }
        return Kind.REQUEST;
    }

    static boolean isId(JsonNode id) {
        return id != null && (id.isString() || id.isIntegralNumber());
    }

    /** The id of a message for an answer to it; null when it has none that can be one. */
    public static JsonNode id(ObjectNode message) {
        JsonNode id = message.get("id");
        return isId(id) ? id : null;
    }

    /** The parameters; an empty object when there are none. */
    static ObjectNode params(ObjectNode request) {
        return request.get("params") instanceof ObjectNode params ? params : Json.object();
    }

    static ObjectNode result(JsonNode id, JsonNode result) {
        ObjectNode message = Json.object().put("jsonrpc", VERSION);
        message.set("id", id);
        message.set("result", result);
        return message;
    }

    static ObjectNode error(JsonNode id, int code, String words, JsonNode data) {
        ObjectNode message = Json.object().put("jsonrpc", VERSION);
        if (id != null) {
            message.set("id", id);
        }
        ObjectNode error = message.putObject("error").put("code", code).put("message", words);
        if (data != null) {
            error.set("data", data);
        }
        return message;
    }

    static ObjectNode notification(String method, ObjectNode params) {
        ObjectNode message = Json.object().put("jsonrpc", VERSION).put("method", method);
        message.set("params", params);
        return message;
    }

    private static RpcException invalid(String what) {
        return new RpcException(INVALID_REQUEST, "Invalid request: " + what, null, BAD_REQUEST);
    }
}
