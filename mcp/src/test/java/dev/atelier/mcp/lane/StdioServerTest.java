package dev.atelier.mcp.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.mcp.FakeDrawing;
import dev.atelier.mcp.tool.Caller;
import dev.atelier.mcp.tool.Json;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The server over streams, line by line. */
class StdioServerTest {
    private final FakeDrawing service = new FakeDrawing();

    private List<JsonNode> answers(String input) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new StdioServer(
                        Exchange.LANES,
                        new Caller(service, true, true),
                        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                        out)
                .run();
        return out.toString(StandardCharsets.UTF_8)
                .lines()
                .map(Json.MAPPER::readTree)
                .collect(Collectors.toList());
    }

    private static String request(int id, String method, String params) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":"
                + params.replace('\'', '"') + "}\n";
    }

    @Test
    void everyRequestIsAnsweredBeforeTheEnd() throws IOException {
        String input = IntStream.range(0, 50)
                .mapToObj(
                        id -> request(id, "tools/call", "{'name': 'generate_image', 'arguments': {'prompt': 'a fox'}}"))
                .collect(Collectors.joining());

        assertThat(answers(input))
                .extracting(answer -> answer.get("id").intValue())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 50).boxed().toList());
    }

    @Test
    void whatIsNoMessageIsAnsweredAndTheNextIsRead() throws IOException {
        List<JsonNode> answers = answers("nonsense\n\n[]\r\n{\"id\":1}\n" + request(2, "ping", "{}"));

        assertThat(answers).hasSize(4);
        assertThat(answers.get(0).at("/error/code").intValue()).isEqualTo(-32700);
        assertThat(answers.get(0).has("id")).isFalse();
        assertThat(answers.get(1).at("/error/message").stringValue()).contains("batches");
        assertThat(answers.get(2).at("/error/code").intValue()).isEqualTo(-32600);
        assertThat(answers.get(2).get("id").intValue()).isEqualTo(1);
        assertThat(answers.get(3).get("id").intValue()).isEqualTo(2);
    }

    @Test
    void theEndOfTheInputLeavesWhatWasOrdered() throws IOException {
        List<JsonNode> answers = answers(request(
                1, "tools/call", "{'name': 'generate_image', 'arguments': {'prompt': 'wait', 'wait_seconds': 600}}"));

        assertThat(answers).hasSize(1);
        assertThat(answers.getFirst().at("/result/structuredContent/status").stringValue())
                .isEqualTo("starting");
    }

    @Test
    void aCanceledRequestHasNoAnswerAndItsPredictionEnds() throws Exception {
        PipedOutputStream client = new PipedOutputStream();
        PipedInputStream in = new PipedInputStream(client, 1 << 16);
        PipedOutputStream out = new PipedOutputStream();
        BufferedReader answers =
                new BufferedReader(new InputStreamReader(new PipedInputStream(out, 1 << 16), StandardCharsets.UTF_8));
        StdioServer server = new StdioServer(Exchange.LANES, new Caller(service, true, true), in, out);
        Thread serving = Thread.ofVirtual().start(() -> {
            try {
                server.run();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        client.write(request(
                        1,
                        "tools/call",
                        "{'name': 'generate_image', 'arguments': {'prompt': 'wait', 'wait_seconds': 600}}")
                .getBytes());
        client.flush();
        String id = service.watched.take();
        client.write("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":1}}\n"
                .getBytes());
        client.write(request(2, "tools/call", "{'name': 'atlas_get_balance', 'arguments': {}}")
                .getBytes());
        client.close();
        serving.join();
        out.close();

        assertThat(answers.lines().map(Json.MAPPER::readTree))
                .extracting(answer -> answer.get("id").intValue())
                .containsExactly(2);
        assertThat(service.get(id).state().name()).isEqualTo("CANCELED");
    }

    @Test
    void anIdInUseIsRefused() throws IOException {
        String waiting = request(
                1, "tools/call", "{'name': 'generate_image', 'arguments': {'prompt': 'wait', 'wait_seconds': 600}}");

        assertThat(answers(waiting + waiting))
                .anySatisfy(answer -> assertThat(
                                answer.path("error").path("message").asString(""))
                        .contains("not answered yet"));
    }

    @Test
    void twoThousandBadMessagesAreSurvivedLineByLine() throws IOException {
        BadMessages bad = new BadMessages(15);
        StringBuilder input = new StringBuilder();
        for (int i = 0; i < 2000; i++) {
            input.append(bad.next()).append('\n');
        }
        List<JsonNode> answers = answers(input + request(2_000_000, "ping", "{}"));

        List<JsonNode> internal = new ArrayList<>();
        for (JsonNode answer : answers) {
            assertThat(answer.get("jsonrpc").stringValue()).isEqualTo("2.0");
            assertThat(answer.has("result") || answer.has("error") || answer.has("method"))
                    .isTrue();
            if (answer.at("/error/code").asInt(0) == -32603) {
                internal.add(answer);
            }
        }
        assertThat(internal).isEmpty();
        assertThat(answers)
                .anySatisfy(answer -> assertThat(answer.path("id").asInt(0)).isEqualTo(2_000_000));
    }
}
