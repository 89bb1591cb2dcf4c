package dev.atelier.server.api.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.mcp.lane.BadMessages;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.LifecycleException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Streamable HTTP, from older clients' sessions to requests that stand alone. */
class McpEndpointTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String META = "'_meta': {'io.modelcontextprotocol/protocolVersion': '2026-07-28',"
            + " 'io.modelcontextprotocol/clientCapabilities': {}, 'progressToken': 'p'}";
    private static final String WAIT = "'name': 'generate_image', 'arguments': {'prompt': 'wait', 'wait_seconds': 600}";

    private EndpointServer server;

    @BeforeEach
    void start(@TempDir Path folder) throws LifecycleException {
        server = new EndpointServer(folder);
    }

    @AfterEach
    void stop() throws LifecycleException {
        server.close();
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }

    private HttpRequest.Builder modern(String method, String name, String params) {
        String more = params.isEmpty() ? "" : ", " + params;
        String json = "{'jsonrpc': '2.0', 'id': 9, 'method': '" + method + "', 'params': {" + META + more + "}}";
        HttpRequest.Builder request = server.message(json, "MCP-Protocol-Version", "2026-07-28", "Mcp-Method", method);
        return name.isEmpty() ? request : request.header("Mcp-Name", name);
    }

    @Test
    void theSdksClientDrawsEditsAndContinues() {
        List<McpSchema.ProgressNotification> progress = new CopyOnWriteArrayList<>();
        HttpClientStreamableHttpTransport transport = HttpClientStreamableHttpTransport.builder(
                        server.origin().toString())
                .build();
        try (McpSyncClient agent = McpClient.sync(transport)
                .requestTimeout(PATIENCE)
                .initializationTimeout(PATIENCE)
                .progressConsumer(progress::add)
                .build()) {
            assertThat(agent.initialize().protocolVersion()).isEqualTo("2025-11-25");
            assertThat(agent.listTools().tools()).hasSize(14);
            McpSchema.CallToolResult made = call(agent, "generate_image", Map.of("prompt", "a fox"));
            McpSchema.ResourceLink link = made.content().stream()
                    .filter(McpSchema.ResourceLink.class::isInstance)
                    .map(McpSchema.ResourceLink.class::cast)
                    .findFirst()
                    .orElseThrow();
            assertThat(call(agent, "edit_image", Map.of("prompt", "night", "images", List.of(link.uri())))
                            .isError())
                    .isFalse();
            assertThat(call(agent, "make_sequence", Map.of("shots", List.of("a", "b", "c", "d")))
                            .content())
                    .hasSize(6);
            assertThat(call(agent, "atlas_upload_media", Map.of("file_path", "/etc/passwd"))
                            .isError())
                    .isTrue();
            agent.callTool(McpSchema.CallToolRequest.builder("generate_image")
                    .arguments(Map.of("prompt", "wait", "wait_seconds", 0))
                    .progressToken("p")
                    .build());
            assertThat(agent.listResources().resources()).hasSize(1);
            assertThat(agent.listPrompts().prompts()).hasSize(8);
        }
        assertThat(server.service.uploaded).isNull();
        assertThat(progress)
                .extracting(McpSchema.ProgressNotification::progressToken)
                .containsOnly("p");
    }

    private static McpSchema.CallToolResult call(McpSyncClient agent, String name, Map<String, Object> arguments) {
        return agent.callTool(
                McpSchema.CallToolRequest.builder(name).arguments(arguments).build());
    }

    @Test
    void aRequestThatStandsAloneIsAnsweredAlone() throws Exception {
        HttpResponse<String> answer = server.send(modern("server/discover", "", ""));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).at("/result/resultType").stringValue()).isEqualTo("complete");
        assertThat(answer.headers().firstValue("Mcp-Session-Id")).isEmpty();

        assertThat(server.send(modern("nothing", "", "")).statusCode()).isEqualTo(404);
        HttpResponse<String> other = server.send(modern("tools/call", "other", "'name': 'atlas_get_balance'"));
        assertThat(other.statusCode()).isEqualTo(400);
        assertThat(json(other).at("/error/code").intValue()).isEqualTo(-32020);
        HttpResponse<String> version = server.send(server.message(
                "{'jsonrpc': '2.0', 'id': 9, 'method': 'tools/list', 'params': {'_meta': {'io.modelcontextprotocol/protocolVersion': '2099-01-01',"
                        + " 'io.modelcontextprotocol/clientCapabilities': {}}}}",
                "MCP-Protocol-Version",
                "2099-01-01",
                "Mcp-Method",
                "tools/list"));
        assertThat(version.statusCode()).isEqualTo(400);
        assertThat(json(version).at("/error/code").intValue()).isEqualTo(-32022);
    }

    @Test
    void aStreamCarriesProgressAndThenTheAnswer() throws Exception {
        HttpResponse<String> answer = server.send(modern(
                "tools/call",
                "generate_image",
                "'name': 'generate_image', 'arguments': {'prompt': 'wait', 'wait_seconds': 0}"));

        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/event-stream");
        assertThat(answer.headers().firstValue("X-Accel-Buffering")).contains("no");
        assertThat(answer.body().split("\n\n"))
                .satisfiesExactly(
                        event -> assertThat(event).contains("notifications/progress"),
                        event -> assertThat(event).contains("\"id\":9").contains("\"status\":\"starting\""));
    }

    @Test
    void closingTheStreamCancelsARequestThatStandsAlone() throws Exception {
        HttpResponse<InputStream> answer = server.http.send(
                modern("tools/call", "generate_image", WAIT).build(), HttpResponse.BodyHandlers.ofInputStream());
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).isEqualTo("event: message");
        }

        assertThat(server.service.canceled.poll(60, TimeUnit.SECONDS)).isEqualTo(server.service.watched.take());
    }

    @Test
    void olderClientsCancelByANotificationInTheirSession() throws Exception {
        String call = "{'jsonrpc': '2.0', 'id': 1, 'method': 'tools/call', 'params': {" + WAIT + "}}";
        CompletableFuture<HttpResponse<String>> answer = server.http.sendAsync(
                server.message(call, "Mcp-Session-Id", "s1").build(), HttpResponse.BodyHandlers.ofString());
        String id = server.service.watched.poll(60, TimeUnit.SECONDS);
        String cancel = "{'jsonrpc': '2.0', 'method': 'notifications/cancelled', 'params': {'requestId': 1}}";

        assertThat(server.send(server.message(cancel, "Mcp-Session-Id", "another"))
                        .statusCode())
                .isEqualTo(202);
        assertThat(server.service.canceled).isEmpty();
        assertThat(server.send(server.message(cancel, "Mcp-Session-Id", "s1")).statusCode())
                .isEqualTo(202);
        assertThat(server.service.canceled.poll(60, TimeUnit.SECONDS)).isEqualTo(id);
        assertThat(answer.join().body()).doesNotContain("\"result\"");
    }

    @Test
    void aServiceThatStopsAnswersWithWhatThereIs() throws Exception {
        CompletableFuture<HttpResponse<String>> answer = server.http.sendAsync(
                modern("tools/call", "generate_image", WAIT).build(), HttpResponse.BodyHandlers.ofString());
        server.service.watched.poll(60, TimeUnit.SECONDS);
        server.endpoint.close();

        assertThat(answer.join().body()).contains("\"status\":\"starting\"");
        assertThat(server.service.canceled).isEmpty();
    }

    @Test
    void notificationsAndResponsesAreAccepted() throws Exception {
        assertThat(server.send(server.message("{'jsonrpc': '2.0', 'method': 'notifications/initialized'}"))
                        .statusCode())
                .isEqualTo(202);
        assertThat(server.send(server.message("{'jsonrpc': '2.0', 'id': 1, 'result': {}}"))
                        .statusCode())
                .isEqualTo(202);
        HttpResponse<String> page = server.http.send(
                server.message("{'jsonrpc': '2.0', 'id': 1, 'method': 'ping'}")
                        .setHeader("Accept", "text/html")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(page.statusCode()).isEqualTo(406);
    }

    @Test
    void twoThousandBadMessagesAreSurvived() throws IOException, InterruptedException {
        BadMessages bad = new BadMessages(28);
        for (int i = 0; i < 2000; i++) {
            String message = bad.next();
            String[] headers = i % 3 == 0
                    ? new String[] {
                        "MCP-Protocol-Version", i % 2 == 0 ? "2026-07-28" : "2025-06-18", "Mcp-Method", "tools/call"
                    }
                    : new String[0];
            HttpResponse<String> answer = server.send(server.message(message, headers));
            assertThat(answer.statusCode()).as(message).isLessThan(500);
            assertThat(answer.body()).as(message).doesNotContain("-32603");
        }
        assertThat(server.send(modern("server/discover", "", "")).statusCode()).isEqualTo(200);
    }
}
