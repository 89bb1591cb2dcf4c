package dev.atelier.server.api.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.server.RunningServer;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Chat completions over HTTP, on the engine's small Qwen3 with random weights: its words mean nothing, their form does. */
class ChatTest {
    private static final String PATH = "/v1/chat/completions";
    private static final String ASK =
            "{\"model\": \"gpt-4o\", \"messages\": [{\"role\": \"user\", \"content\": \"a fox\"}], \"seed\": 5, \"max_tokens\": 12 %s}";

    @RegisterExtension
    static final RunningServer server = RunningServer.with(
            "--atelier.prompt.engineer=local",
            "--atelier.prompt.model=../engine/src/test/resources/parity/klein-small");

    @Test
    void theNextTurnIsWrittenByTheLocalModel() throws Exception {
        JsonNode answer = server.post(PATH, ASK.formatted(", \"logprobs\": true"));

        assertThat(answer.get("object").stringValue()).as(answer.toString()).isEqualTo("chat.completion");
        assertThat(answer.get("model").stringValue()).isEqualTo("klein-small");
        assertThat(answer.at("/choices/0/message/role").stringValue()).isEqualTo("assistant");
        int written = answer.at("/usage/completion_tokens").intValue();
        assertThat(written).isBetween(1, 12);
        assertThat(answer.at("/usage/total_tokens").intValue())
                .isEqualTo(written + answer.at("/usage/prompt_tokens").intValue());
        assertThat(answer.at("/choices/0/finish_reason").stringValue()).isEqualTo(written == 12 ? "length" : "stop");
        assertThat(answer.at("/warnings/0").stringValue()).isEqualTo("not known, so ignored: logprobs");
        assertThat(server.post(PATH, ASK.formatted("")).at("/choices/0/message"))
                .isEqualTo(answer.at("/choices/0/message"));
    }

    @Test
    void aStreamHasTheSameTextInPieces() throws Exception {
        JsonNode whole = server.post(PATH, ASK.formatted(""));
        HttpResponse<String> stream = server.send(
                "POST", PATH, ASK.formatted(", \"stream\": true, \"stream_options\": {\"include_usage\": true}"));

        assertThat(stream.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/event-stream");
        List<String> events = stream.body()
                .lines()
                .filter(line -> line.startsWith("data:"))
                .map(line -> line.substring(5).strip())
                .toList();
        assertThat(events).last().isEqualTo("[DONE]");
        List<JsonNode> chunks = events.subList(0, events.size() - 1).stream()
                .map(JsonMapper.shared()::readTree)
                .toList();
        assertThat(chunks)
                .allSatisfy(
                        chunk -> assertThat(chunk.get("object").stringValue()).isEqualTo("chat.completion.chunk"));
        StringBuilder text = new StringBuilder();
        chunks.forEach(chunk -> text.append(chunk.at("/choices/0/delta/content").asString("")));
        assertThat(text).hasToString(whole.at("/choices/0/message/content").stringValue());
        assertThat(chunks.get(chunks.size() - 2).at("/choices/0/finish_reason"))
                .isEqualTo(whole.at("/choices/0/finish_reason"));
        assertThat(chunks.getLast().get("usage")).isEqualTo(whole.get("usage"));
    }

    @Test
    void anAnswerMayBeHeldToASchema() throws Exception {
        JsonNode answer = server.post(PATH, ASK.formatted("""
                , "response_format": {"type": "json_schema", "json_schema": {"name": "x", "schema": {"type": "object",
                "required": ["colour", "count"], "properties": {"colour": {"type": "string", "minLength": 1, "maxLength": 9},
                "count": {"type": "integer", "minimum": 2, "maximum": 6}}}}}"""));

        JsonNode content = JsonMapper.shared()
                .readTree(answer.at("/choices/0/message/content").stringValue());
        assertThat(content.propertyNames()).containsExactly("colour", "count");
        assertThat(content.get("count").intValue()).isBetween(2, 6);
    }

    @Test
    void errorsHaveTheFormOfTheSurface() throws Exception {
        HttpResponse<String> answer = server.send("POST", PATH, ASK.formatted(", \"temperature\": 9"));

        assertThat(answer.statusCode()).isEqualTo(400);
        JsonNode error = JsonMapper.shared().readTree(answer.body()).get("error");
        assertThat(error.get("param").stringValue()).isEqualTo("temperature");
        assertThat(error.get("type").stringValue()).isEqualTo("invalid_request_error");
        HttpResponse<String> endless = server.send(
                "POST", PATH, "{\"messages\": [{\"role\": \"user\", \"content\": \"" + "a fox ".repeat(6000) + "\"}]}");
        assertThat(endless.statusCode()).as(endless.body()).isEqualTo(400);
        assertThat(endless.body()).contains("at most 4096 are read");
        HttpResponse<String> stream = server.send(
                "POST",
                PATH,
                "{\"stream\": true, \"messages\": [{\"role\": \"user\", \"content\": \"" + "a fox ".repeat(6000)
                        + "\"}]}");
        assertThat(stream.body()).contains("\"param\":\"messages\"").doesNotContain("[DONE]");
    }
}
