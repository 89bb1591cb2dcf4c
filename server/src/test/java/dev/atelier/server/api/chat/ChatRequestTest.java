package dev.atelier.server.api.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.engine.text.ChatTurn;
import dev.atelier.engine.text.TokenSampling;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What requests for the next turn of a conversation may say. */
class ChatRequestTest {
    @Test
    void whatIsLeftOutHasItsUsualValue() {
        ChatRequest request = read("{\"messages\": [{\"role\": \"user\", \"content\": \"Hello\"}]}");

        assertThat(request.turns()).containsExactly(new ChatTurn(ChatTurn.Role.USER, "Hello"));
        assertThat(request.maxTokens()).isEqualTo(512);
        assertThat(request.sampling().temperature()).isEqualTo(0.7);
        assertThat(request.grammar()).isNull();
        assertThat(request.stop()).isEmpty();
        assertThat(request.stream()).isFalse();
        assertThat(request.warnings()).isEmpty();
    }

    @Test
    void everythingThatIsKnown() {
        ChatRequest request = read("""
                {"model": "any", "messages": [{"role": "developer", "content": "Be brief."},
                  {"role": "user", "content": [{"type": "text", "text": "a "}, {"type": "text", "text": "fox"}]},
                  {"role": "assistant", "content": "yes"}, {"role": "user", "content": "more"}],
                 "max_tokens": 9, "max_completion_tokens": 7, "temperature": 0, "top_p": 0.5, "top_k": 3, "seed": 11,
                 "stop": ["a", "b"], "stream": true, "stream_options": {"include_usage": true}, "n": 1, "tools": [],
                 "logprobs": true, "response_format": {"type": "json_schema", "json_schema": {"schema":
                   {"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}}}}}}""");

        assertThat(request.turns()).extracting(ChatTurn::role).startsWith(ChatTurn.Role.SYSTEM);
        assertThat(request.turns().get(1).text()).isEqualTo("a fox");
        assertThat(request.maxTokens()).isEqualTo(7);
        assertThat(request.sampling()).isEqualTo(new TokenSampling(0, 0.5, 3, 11));
        assertThat(request.stop()).containsExactly("a", "b");
        assertThat(request.stream()).isTrue();
        assertThat(request.usage()).isTrue();
        assertThat(request.grammar()).isNotNull();
        assertThat(request.warnings()).containsExactly("not known, so ignored: tools, logprobs");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "messages": []                                                       | messages: missing; at least 1 message is needed
            "messages": "Hello"                                                  | messages: missing; at least 1 message is needed
            "messages": [{"role": "tool", "content": "x"}]                       | messages[0].role: 'tool' is none of system, developer, user, assistant
            "messages": [{"role": "user"}]                                       | messages[0].content: is no text and no list of parts
            "messages": [{"role": "user", "content": [{"type": "image_url"}]}]   | messages[0].content: has a part that is no text
            M, "max_tokens": 0                                                   | max_tokens: 0 is not in 1 to 2048
            M, "max_completion_tokens": 9999                                     | max_completion_tokens: 9999 is not in 1 to 2048
            M, "max_tokens": "9"                                                 | max_tokens: is not of type integer
            M, "temperature": 3                                                  | temperature: 3 is not in 0 to 2
            M, "top_p": 0                                                        | top_p: 0 is not in 0.001 to 1
            M, "top_k": -1                                                       | top_k: -1 is not in 0 to 1000
            M, "seed": 99999999999999999999                                      | seed: 99999999999999999999 is not in
            M, "n": 2                                                            | n: 2 is not in 1 to 1
            M, "stream": "yes"                                                   | stream: is not of type boolean
            M, "stop": ["a","b","c","d","e"]                                     | stop: 5 entries is above 4, the most allowed
            M, "stop": ""                                                        | stop: each entry must be a text of 1 to 100 characters
            M, "tools": [{}]                                                     | tools: this language model calls no tools
            M, "response_format": {"type": "json_object"}                        | response_format.type: 'json_object' is none of text, json_schema
            M, "response_format": {"type": "json_schema"}                        | response_format.json_schema.schema: $.type:
            """)
    void whatDoesNotFitIsNamedWithItsBound(String fields, String message) {
        String body =
                "{" + fields.replaceFirst("^M", "\"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}]") + "}";

        assertThatThrownBy(() -> read(body)).hasMessageStartingWith(message);
    }

    @Test
    void aConversationIsBounded() {
        String message = "{\"role\": \"user\", \"content\": \"%s\"}";
        String many = String.join(",", java.util.Collections.nCopies(101, message.formatted("a")));

        assertThatThrownBy(() -> read("{\"messages\": [" + many + "]}"))
                .hasMessage("messages: 101 entries is above 100, the most allowed");
        assertThatThrownBy(() -> read("{\"messages\": [" + message.formatted("a".repeat(40_001)) + "]}"))
                .hasMessage("messages: 40001 characters together is above 40000, the most allowed");
    }

    @Test
    void wordsAtWhichATextEndsAreFoundAcrossPieces() {
        assertThat(through(List.of("END"), "one E", "N", "D two")).isEqualTo("one ");
        assertThat(through(List.of("END"), "one E", "NE", "ND")).isEqualTo("one EN");
        assertThat(through(List.of("END"), "one EN")).isEqualTo("one EN");
        assertThat(through(List.of("b", "a"), "xab")).isEqualTo("x");
        assertThat(through(List.of(), "a", "b")).isEqualTo("ab");
    }

    private static String through(List<String> words, String... pieces) {
        StringBuilder text = new StringBuilder();
        StopWords stop = new StopWords(words, text::append);
        List.of(pieces).forEach(stop);
        stop.end();
        return text.toString();
    }

    private static ChatRequest read(String json) {
        return ChatRequest.read((ObjectNode) JsonMapper.shared().readTree(json));
    }
}
