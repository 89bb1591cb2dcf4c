package dev.atelier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.mcp.tool.Json;
import dev.atelier.server.api.mcp.LocalDrawing;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** An agent's conversation with {@code atelier mcp} and the embedded model: draw, look, edit, continue; and after a new start what was ordered is there. */
class AgentConversationTest extends CommandLineFixture {
    private final InputStream realIn = System.in;
    private final PrintStream realOut = System.out;

    @AfterEach
    void streamsAsBefore() {
        System.setIn(realIn);
        System.setOut(realOut);
    }

    /** The command with the other ends of its streams. */
    private final class Agent implements AutoCloseable {
        private final List<JsonNode> progress = new ArrayList<>();
        private final PipedOutputStream input = new PipedOutputStream();
        private final BufferedReader output;
        private final ByteArrayOutputStream err = new ByteArrayOutputStream();
        private final CompletableFuture<Integer> code;
        private int id;

        Agent() throws IOException {
            System.setIn(new PipedInputStream(input, 1 << 16));
            PipedOutputStream out = new PipedOutputStream();
            output = new BufferedReader(
                    new InputStreamReader(new PipedInputStream(out, 1 << 20), StandardCharsets.UTF_8));
            Terminal terminal = new Terminal(
                    new PrintStream(out, true, StandardCharsets.UTF_8),
                    new PrintStream(err, true, StandardCharsets.UTF_8),
                    false);
            code = CompletableFuture.supplyAsync(
                    () -> Atelier.run(
                            environment(terminal),
                            "mcp",
                            "--data",
                            home.resolve("data").toString()),
                    task -> Thread.ofPlatform().start(task));
        }

        /** The result of a request; what comes before it is progress. */
        JsonNode ask(String method, ObjectNode params) throws IOException {
            ObjectNode request =
                    Json.object().put("jsonrpc", "2.0").put("id", ++id).put("method", method);
            request.set("params", params);
            send(request);
            while (true) {
                JsonNode message = Json.MAPPER.readTree(output.readLine());
                if (message.path("id").asInt(0) == id) {
                    assertThat(message.has("error")).as(message.toString()).isFalse();
                    return message.get("result");
                }
                progress.add(message);
            }
        }

        JsonNode call(String tool, ObjectNode arguments) throws IOException {
            return ask("tools/call", called(tool, arguments));
        }

        private ObjectNode called(String tool, ObjectNode arguments) {
            ObjectNode params = Json.object().put("name", tool);
            params.set("arguments", arguments);
            params.putObject("_meta").put("progressToken", "p" + id);
            return params;
        }

        /** Calls a tool, and cancels the call once it has told any progress. */
        void callAndCancel(String tool, ObjectNode arguments) throws IOException {
            ObjectNode request =
                    Json.object().put("jsonrpc", "2.0").put("id", ++id).put("method", "tools/call");
            request.set("params", called(tool, arguments));
            send(request);
            assertThat(Json.MAPPER.readTree(output.readLine()).get("method").stringValue())
                    .isEqualTo("notifications/progress");
            ObjectNode cancel = Json.object().put("jsonrpc", "2.0").put("method", "notifications/cancelled");
            cancel.putObject("params").put("requestId", id);
            send(cancel);
        }

        private void send(ObjectNode message) throws IOException {
            input.write((message + "\n").getBytes(StandardCharsets.UTF_8));
            input.flush();
        }

        @Override
        public void close() throws IOException {
            input.close();
            assertThat(code.join()).as(err.toString(StandardCharsets.UTF_8)).isZero();
        }
    }

    private static JsonNode data(JsonNode result) {
        assertThat(result.get("isError").booleanValue())
                .as(result.at("/content/0/text").toString())
                .isFalse();
        return result.get("structuredContent");
    }

    private static void requirePreview(JsonNode result) throws IOException {
        String jpeg = result.get("content")
                .valueStream()
                .filter(one -> one.get("type").stringValue().equals("image"))
                .findFirst()
                .orElseThrow()
                .get("data")
                .stringValue();
        assertThat(ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(jpeg)))
                        .getWidth())
                .isBetween(64, 512);
    }

    @Test
    void drawsLooksEditsContinuesAndGoesOnAfterANewStart() throws IOException {
        drawing = LocalDrawing::start;
        String left;
        try (Agent agent = new Agent()) {
            ObjectNode hello = Json.object().put("protocolVersion", "2025-11-25");
            hello.putObject("capabilities");
            hello.putObject("clientInfo").put("name", "test").put("version", "1");
            assertThat(agent.ask("initialize", hello).at("/serverInfo/name").stringValue())
                    .isEqualTo("atelier");
            assertThat(data(agent.call("atlas_list_models", Json.object()))
                            .at("/models/0/model")
                            .stringValue())
                    .isEqualTo("seedling-1");

            JsonNode made = agent.call(
                    "generate_image",
                    Json.object()
                            .put("prompt", "a red fox in a forest")
                            .put("seed", 7)
                            .put("wait_seconds", 600));
            requirePreview(made);
            String resource = data(made).at("/images/0/resource").stringValue();
            assertThat(agent.ask("resources/read", Json.object().put("uri", resource))
                            .at("/contents/0/mimeType")
                            .stringValue())
                    .isEqualTo("image/png");

            ObjectNode edit =
                    Json.object().put("prompt", "make it night").put("seed", 7).put("wait_seconds", 600);
            edit.putArray("images").add(resource);
            JsonNode edited = agent.call("edit_image", edit);
            assertThat(data(edited).get("images")).hasSize(1);

            ObjectNode sequence = Json.object().put("seed", 7).put("wait_seconds", 600);
            sequence.putArray("shots")
                    .add("a red fox in spring")
                    .add("a red fox in summer")
                    .add("a red fox in autumn")
                    .add("a red fox in winter");
            JsonNode four = agent.call("make_sequence", sequence);
            assertThat(data(four).get("images")).hasSize(4);
            requirePreview(four);
            assertThat(agent.progress)
                    .isNotEmpty()
                    .allSatisfy(message ->
                            assertThat(message.get("method").stringValue()).isEqualTo("notifications/progress"));

            agent.callAndCancel(
                    "generate_image", Json.object().put("prompt", "a desert").put("n", 15));
            // What is ordered after it is made after it.
            data(agent.call(
                    "generate_image", Json.object().put("prompt", "a castle").put("wait_seconds", 600)));
            assertThat(data(agent.call("atlas_list_predictions", Json.object().put("status", "canceled")))
                            .get("total")
                            .intValue())
                    .isEqualTo(1);

            left = data(agent.call(
                            "generate_image",
                            Json.object()
                                    .put("prompt", "a lighthouse at night")
                                    .put("n", 6)
                                    .put("wait_seconds", 0)))
                    .get("prediction_id")
                    .stringValue();
        }
        try (Agent again = new Agent()) {
            // What was ordered before is made before.
            data(again.call(
                    "generate_image", Json.object().put("prompt", "a castle").put("wait_seconds", 600)));
            JsonNode found =
                    data(again.call("atlas_get_prediction", Json.object().put("prediction_id", left)));
            assertThat(found.get("status").stringValue()).isEqualTo("completed");
            assertThat(found.get("images")).hasSize(6);
        }
    }
}
