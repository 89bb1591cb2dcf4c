package dev.atelier.mcp.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpSchema;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** The protocol's own client with the server as a process: an agent's conversation. */
class SdkClientTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void anAgentListsDrawsLooksEditsAndContinues() {
        ServerParameters server = ServerParameters.builder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString())
                .args("-cp", System.getProperty("java.class.path"), StdioMain.class.getName())
                .build();
        List<McpSchema.ProgressNotification> progress = new CopyOnWriteArrayList<>();
        try (McpSyncClient agent = McpClient.sync(new StdioClientTransport(server, McpJsonDefaults.getMapper()))
                .requestTimeout(PATIENCE)
                .initializationTimeout(PATIENCE)
                .progressConsumer(progress::add)
                .build()) {
            assertThat(agent.initialize().serverInfo().name()).isEqualTo("atelier");
            assertThat(agent.listTools().tools())
                    .hasSize(14)
                    .allSatisfy(tool -> assertThat(tool.outputSchema()).isNotEmpty());
            assertThat(text(call(agent, "atlas_list_models", Map.of()))).contains("`seedling-1`");

            McpSchema.CallToolResult made = call(agent, "generate_image", Map.of("prompt", "a red fox", "seed", 7));
            McpSchema.ResourceLink link = only(made, McpSchema.ResourceLink.class);
            assertThat(only(made, McpSchema.ImageContent.class).mimeType()).isEqualTo("image/jpeg");
            assertThat(agent.readResource(McpSchema.ReadResourceRequest.builder(link.uri())
                                    .build())
                            .contents())
                    .hasOnlyElementsOfType(McpSchema.BlobResourceContents.class);

            McpSchema.CallToolResult edited =
                    call(agent, "edit_image", Map.of("prompt", "make it night", "images", List.of(link.uri())));
            assertThat(edited.isError()).isFalse();

            McpSchema.CallToolResult four = call(
                    agent, "make_sequence", Map.of("shots", List.of("it wakes", "it hunts", "it eats", "it sleeps")));
            assertThat(four.content().stream().filter(McpSchema.ResourceLink.class::isInstance))
                    .hasSize(4);
            assertThat(four.content().stream().filter(McpSchema.ImageContent.class::isInstance))
                    .hasSize(1);

            McpSchema.CallToolResult refused = call(agent, "generate_image", Map.of("promt", "a fox"));
            assertThat(refused.isError()).isTrue();
            assertThat(text(refused)).contains("- `prompt` (string, required");

            agent.callTool(McpSchema.CallToolRequest.builder("generate_image")
                    .arguments(Map.of("prompt", "wait", "wait_seconds", 0))
                    .progressToken("p")
                    .build());
            assertThat(agent.listPrompts().prompts()).hasSize(8);
            assertThat(agent.ping()).isNotNull();
        }
        assertThat(progress)
                .extracting(McpSchema.ProgressNotification::progressToken)
                .containsOnly("p");
    }

    private static McpSchema.CallToolResult call(McpSyncClient agent, String name, Map<String, Object> arguments) {
        return agent.callTool(
                McpSchema.CallToolRequest.builder(name).arguments(arguments).build());
    }

    private static String text(McpSchema.CallToolResult result) {
        return only(result, McpSchema.TextContent.class).text();
    }

    private static <T> T only(McpSchema.CallToolResult result, Class<T> type) {
        return result.content().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElseThrow();
    }
}
