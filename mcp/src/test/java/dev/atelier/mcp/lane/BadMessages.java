package dev.atelier.mcp.lane;

import java.util.List;
import java.util.Random;

/** Messages that a client should not send, from a seed: broken JSON, wrong members, wrong parameters, odd values. */
public final class BadMessages {
    private static final List<String> METHODS = List.of(
            "initialize",
            "ping",
            "tools/list",
            "tools/call",
            "resources/read",
            "resources/list",
            "prompts/get",
            "completion/complete",
            "server/discover",
            "tasks/get",
            "tasks/cancel",
            "subscriptions/listen",
            "notifications/cancelled",
            "notifications/initialized",
            "logging/setLevel",
            "",
            "\\u0000",
            "x/y");
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "-1",
            "1e400",
            "0.5",
            "99999999999999999999999",
            "\"\"",
            "\"x\"",
            "\"\\uD800\"",
            "[]",
            "[1,[2]]",
            "{}",
            "{\"a\":{\"b\":null}}",
            "\"generate_image\"",
            "\"atlas_list_models\"",
            "\"atelier://models\"",
            "\"atelier://outputs/../x\"",
            "{\"prompt\":\"a fox\",\"wait_seconds\":0}",
            "{\"prompt\":5}",
            "\"2026-07-28\"",
            "\"2025-06-18\"");
    private static final List<String> FIELDS = List.of(
            "name",
            "arguments",
            "uri",
            "_meta",
            "protocolVersion",
            "capabilities",
            "clientInfo",
            "ref",
            "argument",
            "taskId",
            "cursor",
            "requestId",
            "io.modelcontextprotocol/protocolVersion");
    private static final List<String> BROKEN = List.of(
            "",
            "{",
            "}",
            "nonsense",
            "[",
            "[]",
            "[{}]",
            "\"text\"",
            "5",
            "null",
            "{\"jsonrpc\":\"2.0\"",
            "{\"a\":1}{\"b\":2}",
            "{\"jsonrpc\":\"2.0\",\"jsonrpc\":\"2.0\"}",
            "\u0001\u0002",
            "{\"id\":01}",
            "'single'",
            "\uFEFF{}");

    private final Random random;

    public BadMessages(long seed) {
        random = new Random(seed);
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    /** A message in one line. */
    public String next() {
        if (random.nextInt(5) == 0) {
            return one(BROKEN);
        }
        StringBuilder message = new StringBuilder("{");
        if (random.nextInt(8) > 0) {
            message.append("\"jsonrpc\":")
                    .append(random.nextInt(8) > 0 ? "\"2.0\"" : one(VALUES))
                    .append(',');
        }
        if (random.nextInt(6) > 0) {
            message.append("\"id\":")
                    .append(random.nextInt(6) > 0 ? random.nextInt(1_000_000) : one(VALUES))
                    .append(',');
        }
        message.append("\"method\":").append(random.nextInt(10) > 0 ? '"' + one(METHODS) + '"' : one(VALUES));
        if (random.nextInt(5) > 0) {
            message.append(",\"params\":").append(random.nextInt(8) > 0 ? params() : one(VALUES));
        }
        return message.append('}').toString();
    }

    private String params() {
        StringBuilder params = new StringBuilder("{");
        if (random.nextInt(3) == 0) {
            params.append("\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\",")
                    .append("\"io.modelcontextprotocol/clientCapabilities\":")
                    .append(random.nextInt(3) > 0 ? "{}" : one(VALUES))
                    .append(",\"progressToken\":")
                    .append(one(VALUES))
                    .append("},");
        }
        int fields = random.nextInt(4);
        for (int i = 0; i < fields; i++) {
            params.append('"')
                    .append(one(FIELDS))
                    .append(i)
                    .append("\":")
                    .append(one(VALUES))
                    .append(',');
            params.append('"')
                    .append(FIELDS.get(i))
                    .append("\":")
                    .append(one(VALUES))
                    .append(',');
        }
        return params.append("\"z\":1}").toString();
    }
}
