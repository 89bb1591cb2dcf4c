package dev.atelier.server.api.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.server.RunningServer;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A service without a language model says so, in the form that OpenAI's clients read. */
class NoChatTest {
    @RegisterExtension
    static final RunningServer server = RunningServer.with("--atelier.worker.enabled=false");

    @Test
    void withoutALanguageModelThereIsNoChat() throws Exception {
        HttpResponse<String> answer = server.send(
                "POST", "/v1/chat/completions", "{\"messages\": [{\"role\": \"user\", \"content\": \"a fox\"}]}");

        assertThat(answer.statusCode()).isEqualTo(404);
        JsonNode error = JsonMapper.shared().readTree(answer.body()).get("error");
        assertThat(error.get("code").stringValue()).isEqualTo("not_found");
        assertThat(error.get("type").stringValue()).isEqualTo("invalid_request_error");
        assertThat(error.get("message").stringValue())
                .isEqualTo("no language model is loaded here; atelier.prompt.engineer=local with"
                        + " atelier.prompt.model loads one (docs/prompts.md)");
    }
}
