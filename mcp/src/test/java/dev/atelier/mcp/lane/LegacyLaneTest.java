package dev.atelier.mcp.lane;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Revisions with {@code initialize}, message by message. */
class LegacyLaneTest {
    private final Exchange exchange = new Exchange();

    @ParameterizedTest
    @CsvSource({
        "2024-11-05,2024-11-05",
        "2025-03-26,2025-03-26",
        "2025-06-18,2025-06-18",
        "2025-11-25,2025-11-25",
        "1999-01-01,2025-11-25"
    })
    void theVersionThatAClientAsksForIsSpoken(String asked, String spoken) {
        JsonNode answer = exchange.legacy(
                "initialize",
                "{'protocolVersion': '" + asked
                        + "', 'capabilities': {}, 'clientInfo': {'name': 'x', 'version': '1'}}");

        assertThat(answer.get("id").intValue()).isEqualTo(5);
        assertThat(answer.at("/result/protocolVersion").stringValue()).isEqualTo(spoken);
        assertThat(answer.at("/result/serverInfo/name").stringValue()).isEqualTo("atelier");
        assertThat(answer.at("/result/serverInfo/icons/0/src").stringValue()).startsWith("data:image/svg+xml;base64,");
        assertThat(answer.at("/result/capabilities").propertyNames())
                .containsExactlyInAnyOrder("tools", "resources", "prompts", "completions");
        assertThat(answer.at("/result/instructions").stringValue()).contains("generate_image");
    }

    @Test
    void aCallThatWaitsTellsItsProgressAndShowsThePicture() {
        JsonNode answer = exchange.legacy(
                "tools/call",
                "{'name': 'generate_image', 'arguments': {'prompt': 'wait', 'wait_seconds': 0}, '_meta': {'progressToken': 'p1'}}");

        assertThat(exchange.told).hasSize(1);
        JsonNode progress = exchange.told.getFirst();
        assertThat(progress.get("method").stringValue()).isEqualTo("notifications/progress");
        assertThat(progress.at("/params/progressToken").stringValue()).isEqualTo("p1");
        assertThat(progress.at("/params/message").stringValue()).startsWith("waiting, place 1 of 1");
        assertThat(answer.at("/result/isError").booleanValue()).isFalse();

        JsonNode made = exchange.legacy("tools/call", "{'name': 'generate_image', 'arguments': {'prompt': 'a fox'}}");
        assertThat(made.at("/result/content")
                        .valueStream()
                        .map(one -> one.get("type").stringValue()))
                .containsExactly("text", "resource_link", "image");
        assertThat(made.at("/result/content/2/mimeType").stringValue()).isEqualTo("image/jpeg");
        assertThat(made.at("/result/structuredContent/images/0/width").intValue())
                .isEqualTo(64);
    }

    @Test
    void resourcesPromptsAndCompletionsAreThere() {
        exchange.legacy("tools/call", "{'name': 'generate_image', 'arguments': {'prompt': 'a fox'}}");
        String id = "pred_00000000000000000000000001";

        assertThat(exchange.legacy("resources/list", "{}")
                        .at("/result/resources/0/uri")
                        .stringValue())
                .isEqualTo("atelier://models");
        assertThat(exchange.legacy("resources/templates/list", "{}").at("/result/resourceTemplates"))
                .hasSize(3);
        assertThat(exchange.legacy("resources/read", "{'uri': 'atelier://predictions/" + id + "'}")
                        .at("/result/contents/0/text")
                        .stringValue())
                .contains("\"id\":\"" + id + "\"");
        assertThat(exchange.legacy("resources/read", "{'uri': 'atelier://outputs/" + id + "-0.png'}")
                        .at("/result/contents/0/blob")
                        .stringValue())
                .startsWith("iVBORw0KGgo");
        assertThat(exchange.legacy("resources/read", "{'uri': 'atelier://models/bytedance%2Fseedream-v4.5'}")
                        .at("/result/contents/0/text")
                        .stringValue())
                .isEqualTo("# Seedream v4.5");
        assertThat(exchange.legacy("resources/read", "{'uri': 'atelier://outputs/none.png'}")
                        .at("/error/code")
                        .intValue())
                .isEqualTo(-32002);
        assertThat(exchange.legacy("prompts/list", "{}").at("/result/prompts")).hasSize(8);
        assertThat(exchange.legacy("prompts/get", "{'name': 'shop', 'arguments': {'product': 'a green mug'}}")
                        .at("/result/messages/0/content/text")
                        .stringValue())
                .contains("a green mug")
                .contains("front, side and back")
                .doesNotContain("{");
        assertThat(exchange.legacy("prompts/get", "{'name': 'shop'}")
                        .at("/error/message")
                        .stringValue())
                .contains("product is missing");
        assertThat(exchange.legacy(
                                "completion/complete",
                                "{'ref': {'type': 'ref/prompt', 'name': 'film'}, 'argument': {'name': 'style', 'value': 'p'}}")
                        .at("/result/completion/values")
                        .valueStream()
                        .map(JsonNode::stringValue))
                .startsWith("photograph", "pixel art", "pencil sketch");
        assertThat(exchange.legacy(
                                "completion/complete",
                                "{'ref': {'type': 'ref/resource', 'uri': 'atelier://predictions/{id}'}, 'argument': {'name': 'id', 'value': 'pred'}}")
                        .at("/result/completion/values/0")
                        .stringValue())
                .isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tools/call|{}|-32602",
                "tools/call|{'name': 5}|-32602",
                "tools/call|{'name': 'nothing'}|-32602",
                "tools/call|{'name': 'generate_image', 'arguments': [1]}|-32602",
                "prompts/get|{'name': 'nothing'}|-32602",
                "prompts/get|{}|-32602",
                "resources/read|{}|-32602",
                "resources/read|{'uri': 'file:///etc/passwd'}|-32002",
                "completion/complete|{}|-32602",
                "logging/setLevel|{'level': 'debug'}|-32601",
                "tasks/get|{'taskId': 'x'}|-32601",
                "nothing|{}|-32601"
            })
    void whatIsWrongIsAnErrorOfTheProtocol(String line) {
        String[] parts = line.split("\\|");

        assertThat(exchange.legacy(parts[0], parts[1]).at("/error/code").intValue())
                .isEqualTo(Integer.parseInt(parts[2]));
    }

    @Test
    void pingIsAnswered() {
        assertThat(exchange.legacy("ping", "{}").get("result")).isEmpty();
    }
}
