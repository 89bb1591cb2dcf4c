package dev.atelier.mcp.lane;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/** Headers of revision 2026-07-28, which say what the body says so that what stands between can route by them. */
final class ModernHeaders {
    static final String VERSION = "MCP-Protocol-Version";

    private static final int MISMATCH = -32020;
    private static final String ENCODED = "=?base64?";
    private static final Map<String, String> NAMED = Map.of(
            "tools/call", "name",
            "prompts/get", "name",
            "resources/read", "uri",
            "tasks/get", "taskId",
            "tasks/update", "taskId",
            "tasks/cancel", "taskId");

    private ModernHeaders() {}

    /**
     * @param header answers a header by its name; null when it was not sent
     * @throws RpcException when one is missing or says something else than the body
     */
    static void require(ObjectNode request, UnaryOperator<String> header) throws RpcException {
        String method = request.get("method").stringValue();
        ObjectNode params = JsonRpc.params(request);
        require(
                VERSION,
                header,
                params.path("_meta").path(ModernLane.META_VERSION).asString(""));
        require("Mcp-Method", header, method);
        String field = NAMED.get(method);
        if (field != null) {
            require("Mcp-Name", header, params.path(field).asString(""));
        }
    }

    private static void require(String name, UnaryOperator<String> header, String body) throws RpcException {
        String value = header.apply(name);
        if (value == null) {
            throw mismatch(name + " is missing");
        }
        String said = decoded(name, value.strip());
        if (!said.equals(body)) {
            throw mismatch(name + " header value '" + shortened(said) + "' does not match body value '"
                    + shortened(body) + "'");
        }
    }

    private static String decoded(String name, String value) throws RpcException {
        if (value.chars().anyMatch(c -> c < ' ' && c != '\t' || c > '~')) {
            throw mismatch(name + " has characters that a header must not have");
        }
        if (!value.startsWith(ENCODED) || !value.endsWith("?=") || name.equals(VERSION)) {
            return value;
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(value.substring(ENCODED.length(), value.length() - 2));
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw mismatch(name + " is no valid base64");
        }
    }

    private static RpcException mismatch(String what) {
        return new RpcException(MISMATCH, "Header mismatch: " + what, null, 400);
    }

    private static String shortened(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }
}
