package dev.atelier.mcp.lane;

import tools.jackson.databind.JsonNode;

/** A message that is answered with an error of JSON-RPC. */
public final class RpcException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int code;
    private final int status;
    private final transient JsonNode data;

    RpcException(int code, String message) {
        this(code, message, null, 200);
    }

    /**
     * @param data of the error; null: none
     * @param status of HTTP
     */
    RpcException(int code, String message, JsonNode data, int status) {
        super(message);
        this.code = code;
        this.data = data;
        this.status = status;
    }

    /**
     * The answer.
     *
     * @param id of the request; null: it could not be read
     */
    public Reply reply(JsonNode id) {
        return new Reply(status, JsonRpc.error(id, code, getMessage(), data));
    }
}
