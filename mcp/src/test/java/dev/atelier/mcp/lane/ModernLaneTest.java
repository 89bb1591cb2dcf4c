package dev.atelier.mcp.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Revision 2026-07-28, message by message. */
class ModernLaneTest {
    private static final String WITH_TASKS = "{'extensions': {'io.modelcontextprotocol/tasks': {}}}";

    private final Exchange exchange = new Exchange();

    @Test
    void discoverySaysWhoIsThereAndWhatThereIs() {
        JsonNode result = exchange.modern("server/discover", "{}").get("result");

        assertThat(result.get("resultType").stringValue()).isEqualTo("complete");
        assertThat(result.get("supportedVersions").toString()).isEqualTo("[\"2026-07-28\"]");
        assertThat(result.at("/capabilities/extensions").has("io.modelcontextprotocol/tasks"))
                .isTrue();
        assertThat(result.get("_meta")
                        .get("io.modelcontextprotocol/serverInfo")
                        .get("version")
                        .stringValue())
                .isEqualTo("1.2.3");
        assertThat(result.get("ttlMs").intValue()).isPositive();
        assertThat(result.get("cacheScope").stringValue()).isEqualTo("public");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tools/list", "resources/list", "resources/templates/list", "prompts/list"})
    void listsSayHowLongTheyHold(String method) {
        JsonNode result = exchange.modern(method, "{}").get("result");

        assertThat(result.get("resultType").stringValue()).isEqualTo("complete");
        assertThat(result.get("ttlMs").intValue()).isGreaterThanOrEqualTo(0);
        assertThat(result.get("cacheScope").stringValue()).isIn("public", "private");
        assertThat(result.get("_meta").has("io.modelcontextprotocol/serverInfo"))
                .isTrue();
    }

    @Test
    void aCallWithoutTasksWaitsAndTellsItsProgress() {
        JsonNode result = exchange.modern("tools/call", "{'name': 'generate_image', 'arguments': {'prompt': 'a fox'}}")
                .get("result");

        assertThat(result.get("resultType").stringValue()).isEqualTo("complete");
        assertThat(result.at("/content/2/type").stringValue()).isEqualTo("image");
        exchange.modern(
                "tools/call",
                "{'name': 'generate_image', 'arguments': {'prompt': 'wait', 'wait_seconds': 0}, '_meta': {'progressToken': 3}}");
        assertThat(exchange.told.getFirst().at("/params/progressToken").intValue())
                .isEqualTo(3);
    }

    @Test
    void aPredictionIsATask() {
        JsonNode created = exchange.modern(
                        "tools/call", "{'name': 'generate_image', 'arguments': {'prompt': 'wait'}}", WITH_TASKS)
                .message()
                .get("result");
        String id = created.get("taskId").stringValue();
        String task = "{'taskId': '" + id + "'}";

        assertThat(created.get("resultType").stringValue()).isEqualTo("task");
        assertThat(created.get("status").stringValue()).isEqualTo("working");
        assertThat(created.get("ttlMs").longValue()).isEqualTo(336L * 3600 * 1000);
        assertThat(created.get("pollIntervalMs").intValue()).isPositive();
        assertThat(exchange.modern("tasks/get", task).at("/result/status").stringValue())
                .isEqualTo("working");
        assertThat(exchange.modern("tasks/cancel", task)
                        .at("/result/resultType")
                        .stringValue())
                .isEqualTo("complete");
        assertThat(exchange.modern("tasks/get", task).at("/result/status").stringValue())
                .isEqualTo("cancelled");
        // Once more changes nothing.
        assertThat(exchange.modern("tasks/cancel", task).has("result")).isTrue();
        assertThat(exchange.modern("tasks/get", "{'taskId': 'other'}")
                        .at("/error/code")
                        .intValue())
                .isEqualTo(-32602);
    }

    @Test
    void aTasksResultIsThatOfTheCall() {
        String id = exchange.modern(
                        "tools/call", "{'name': 'generate_image', 'arguments': {'prompt': 'a fox'}}", WITH_TASKS)
                .message()
                .at("/result/taskId")
                .stringValue();
        JsonNode task = exchange.modern("tasks/get", "{'taskId': '" + id + "'}").get("result");

        assertThat(task.get("status").stringValue()).isEqualTo("completed");
        assertThat(task.at("/result/structuredContent/prediction_id").stringValue())
                .isEqualTo(id);
        assertThat(task.at("/result/isError").booleanValue()).isFalse();

        String failed = exchange.modern(
                        "tools/call", "{'name': 'generate_image', 'arguments': {'prompt': 'fail'}}", WITH_TASKS)
                .message()
                .at("/result/taskId")
                .stringValue();
        JsonNode ended =
                exchange.modern("tasks/get", "{'taskId': '" + failed + "'}").get("result");
        assertThat(ended.get("status").stringValue()).isEqualTo("completed");
        assertThat(ended.at("/result/isError").booleanValue()).isTrue();
    }

    @Test
    void whatIsRefusedIsNoTask() {
        JsonNode result = exchange.modern("tools/call", "{'name': 'generate_image', 'arguments': {}}", WITH_TASKS)
                .message()
                .get("result");

        assertThat(result.get("resultType").stringValue()).isEqualTo("complete");
        assertThat(result.get("isError").booleanValue()).isTrue();
    }

    @Test
    void aSubscriptionIsAcknowledgedAndEnds() {
        JsonNode result = exchange.modern("subscriptions/listen", "{'notifications': {'toolsListChanged': true}}")
                .get("result");

        assertThat(exchange.told.getFirst().get("method").stringValue())
                .isEqualTo("notifications/subscriptions/acknowledged");
        assertThat(exchange.told
                        .getFirst()
                        .get("params")
                        .get("_meta")
                        .get("io.modelcontextprotocol/subscriptionId")
                        .intValue())
                .isEqualTo(5);
        assertThat(result.get("resultType").stringValue()).isEqualTo("complete");
        assertThat(exchange.modern("subscriptions/listen", "{'notifications': {'taskIds': ['x']}}")
                        .at("/error/code")
                        .intValue())
                .isEqualTo(-32021);
    }

    @Test
    void whatEachRequestHasToSayIsDemanded() {
        ObjectNode params = Exchange.object("{'_meta': {'io.modelcontextprotocol/protocolVersion': '2026-07-28'}}");
        Reply without = exchange.reply("tools/list", params, true);
        assertThat(without.status()).isEqualTo(400);
        assertThat(without.message().at("/error/code").intValue()).isEqualTo(-32602);

        params = Exchange.object(
                "{'_meta': {'io.modelcontextprotocol/protocolVersion': '2099-01-01', 'io.modelcontextprotocol/clientCapabilities': {}}}");
        Reply unknown = exchange.reply("tools/list", params, true);
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.message().at("/error/code").intValue()).isEqualTo(-32022);
        assertThat(unknown.message().at("/error/data/supported/0").stringValue())
                .isEqualTo("2026-07-28");
        assertThat(unknown.message().at("/error/data/requested").stringValue()).isEqualTo("2099-01-01");

        Reply method = exchange.modern("ping", "{}", "{}");
        assertThat(method.status()).isEqualTo(404);
        assertThat(method.message().at("/error/code").intValue()).isEqualTo(-32601);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tools/call|{'name': 'nothing'}",
                "resources/read|{'uri': 'atelier://outputs/none.png'}",
                "resources/read|{'uri': 5}",
                "prompts/get|{'name': 'nothing'}",
                "prompts/get|{'name': 'shop', 'arguments': {'colour': 'red'}}",
                "completion/complete|{'ref': {'type': 'ref/prompt', 'name': 'nothing'}, 'argument': {'name': 'x', 'value': ''}}",
                "completion/complete|{}",
                "tasks/get|{}"
            })
    void wrongParametersAreAnError(String method, String params) {
        assertThat(exchange.modern(method, params).at("/error/code").intValue()).isEqualTo(-32602);
    }

    private static void require(Map<String, String> headers) throws RpcException {
        ObjectNode request = Exchange.object(
                "{'jsonrpc': '2.0', 'id': 1, 'method': 'tools/call', 'params': {'name': 'Öl',"
                        + " '_meta': {'io.modelcontextprotocol/protocolVersion': '2026-07-28', 'io.modelcontextprotocol/clientCapabilities': {}}}}");
        Lanes.requireHeaders(request, headers::get);
    }

    @Test
    void headersSayWhatTheBodySays() throws RpcException {
        Map<String, String> fine =
                Map.of("MCP-Protocol-Version", "2026-07-28", "Mcp-Method", "tools/call", "Mcp-Name", "=?base64?w5Zs?=");
        require(fine);
        for (String name : fine.keySet()) {
            Map<String, String> without = new HashMap<>(fine);
            without.remove(name);
            assertThatExceptionOfType(RpcException.class)
                    .isThrownBy(() -> require(without))
                    .withMessage("Header mismatch: " + name + " is missing");
            Map<String, String> other = new HashMap<>(fine);
            other.put(name, "other");
            assertThatExceptionOfType(RpcException.class)
                    .isThrownBy(() -> require(other))
                    .withMessageContaining("does not match body value");
        }
        Map<String, String> broken = new HashMap<>(fine);
        broken.put("Mcp-Name", "=?base64?*?=");
        assertThatExceptionOfType(RpcException.class)
                .isThrownBy(() -> require(broken))
                .withMessage("Header mismatch: Mcp-Name is no valid base64")
                .satisfies(e -> assertThat(
                                e.reply(null).message().at("/error/code").intValue())
                        .isEqualTo(-32020));
    }
}
