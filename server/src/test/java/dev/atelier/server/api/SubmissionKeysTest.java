package dev.atelier.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.server.error.ApiException;
import dev.atelier.server.prediction.SubmissionKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class SubmissionKeysTest {
    private static final String GENERATE = "/api/v1/model/generateImage";

    @Test
    void theKeyIsInTheHeaderOrInTheBodyAndNoFieldOfTheRequest() {
        ObjectNode inBody = json("{'prompt': 'a', 'idempotency_key': 'k1'}");
        ObjectNode inInput = json("{'input': {'prompt': 'a', 'idempotency_key': 'k1'}}");

        assertThat(take(GENERATE, "k1", json("{}")).name()).isEqualTo("k1");
        assertThat(take(GENERATE, "\"k1\"", json("{}")).name()).isEqualTo("k1");
        assertThat(take(GENERATE, null, inBody).name()).isEqualTo("k1");
        assertThat(take(GENERATE, "k1", inInput).name()).isEqualTo("k1");
        assertThat(inBody).isEqualTo(json("{'prompt': 'a'}"));
        assertThat(inInput).isEqualTo(json("{'input': {'prompt': 'a'}}"));
        assertThat(take(GENERATE, null, json("{'prompt': 'a'}"))).isEqualTo(SubmissionKey.NONE);
    }

    @Test
    void theSameRequestHasTheSameFingerprint() {
        String one = take(GENERATE, "k", json("{'prompt': 'a', 'size': '1K', 'x': {'b': 1, 'a': 2}}"))
                .fingerprint();

        assertThat(take(GENERATE + "/", "k", json("{'x': {'a': 2, 'b': 1}, 'size': '1K', 'prompt': 'a'}"))
                        .fingerprint())
                .isEqualTo(one)
                .hasSize(64);
        assertThat(take(GENERATE, "k", json("{'prompt': 'b', 'size': '1K', 'x': {'b': 1, 'a': 2}}"))
                        .fingerprint())
                .isNotEqualTo(one);
        assertThat(take("/v1/images/edits", "k", json("{'prompt': 'a'}")).fingerprint())
                .isEqualTo(take("/api/v3/images/edits", "k", json("{'prompt': 'a'}"))
                        .fingerprint())
                .isNotEqualTo(take("/v1/images/generations", "k", json("{'prompt': 'a'}"))
                        .fingerprint());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|{}|Idempotency-Key: has 0 characters; 1 to 255 are needed",
                "\"\"|{}|Idempotency-Key: has 0 characters; 1 to 255 are needed",
                "a b|{}|Idempotency-Key: has other characters than visible ones of ASCII",
                "ü|{}|Idempotency-Key: has other characters than visible ones of ASCII",
                "|{'idempotency_key': 7}|idempotency_key: is not of type string",
                "|{'idempotency_key': ''}|idempotency_key: has 0 characters; 1 to 255 are needed",
                "k1|{'idempotency_key': 'k2'}|idempotency_key: is another one than in the header Idempotency-Key"
            })
    void whatIsNoKeyIsRefused(String header, String body, String message) {
        assertThatThrownBy(() -> take(GENERATE, header, json(body)))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.status().value()).isEqualTo(400))
                .hasMessage(message);
    }

    @Test
    void aKeyHasBounds() {
        assertThat(take(GENERATE, "k".repeat(255), json("{}")).name()).hasSize(255);
        assertThatThrownBy(() -> take(GENERATE, "k".repeat(256), json("{}")))
                .hasMessage("Idempotency-Key: has 256 characters; 1 to 255 are needed");
    }

    private static SubmissionKey take(String path, String header, ObjectNode body) {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", path);
        if (header != null) {
            request.addHeader("Idempotency-Key", header);
        }
        return SubmissionKeys.take(request, body);
    }

    private static ObjectNode json(String text) {
        return (ObjectNode) JsonMapper.shared().readTree(text.replace('\'', '"'));
    }
}
