package dev.atelier.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.server.error.ApiException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;

class JsonBodyTest {
    private final JsonBody body = new JsonBody();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'prompt': 'a'}|is no valid JSON: something stands where it cannot (line 1, column",
                "{\"prompt\": \"a\",}|is no valid JSON: something stands where it cannot (line 1, column",
                "{\"prompt\": \"a\"|is no valid JSON: it ends before it is complete (line 1, column",
                "{\"prompt\": \"a|is no valid JSON: it ends before it is complete (line 1",
                "{\"seed\": NaN}|is no valid JSON: something stands where it cannot (line 1",
                "{\"seed\": 1, \"seed\": 2}|is no valid JSON: the key \"seed\" stands twice (line 1, column",
                "{\"seed\": 01}|is no valid JSON: something stands where it cannot (line 1",
                "{\"seed\": 1} {}|is no valid JSON",
                "{\"a\": \"\\x\"}|is no valid JSON: something stands where it cannot (line 1",
                "{\"a\": 1234567890123456789012345678901234567890123}|is no valid JSON: it is nested too deeply, or",
                "[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]|is no valid JSON: it is nested too deeply, or",
                "prompt=a|is no valid JSON: something stands where it cannot",
                "[1]|is no JSON object",
                "``|is no JSON object"
            })
    void whatIsWrongIsSaidInPlainWords(String text, String message) {
        assertThatThrownBy(() -> body.read(request(text.getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(ApiException.class)
                .message()
                .contains(message)
                .doesNotContain(
                        "Unexpected", "Illegal", "Jackson", "Feature", "token", "Unrecognized", "Invalid", "Cannot");
    }

    @Test
    void bytesThatAreNoUtf8AreNoJson() {
        byte[] latin = "{\"prompt\": \"caf\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> body.read(request(latin)))
                .message()
                .contains("is no valid JSON")
                .doesNotContain("Invalid", "UTF-8 middle byte", "0x");
    }

    @Test
    void anObjectIsRead() {
        assertThat(body.read(request("{\"a\": 1}".getBytes(StandardCharsets.UTF_8)))
                        .path("a")
                        .asInt())
                .isEqualTo(1);
    }

    private static MockHttpServletRequest request(byte[] content) {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/");
        request.setContentType("application/json");
        request.setContent(content);
        return request;
    }
}
