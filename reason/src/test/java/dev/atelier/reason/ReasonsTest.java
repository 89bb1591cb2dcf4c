package dev.atelier.reason;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

class ReasonsTest {
    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private enum Colour {
        RED,
        BLUE
    }

    private record Thing(int count, Colour colour, List<Double> sizes, URI where, Map<String, Integer> more) {
        private Thing {
            if (count > 9) {
                throw new IllegalArgumentException("count: " + count + " is above 9");
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"count\": 1,}|something stands where it cannot (line 1, column",
                "{'count': 1}|something stands where it cannot (line 1, column",
                "{\"count\": NaN}|something stands where it cannot (line 1",
                "{\"count\": 01}|something stands where it cannot (line 1",
                "{\"count\": 1} x|something stands where it cannot (line 1",
                "{\"count\": \"\\q\"}|something stands where it cannot (line 1",
                "{\"count\": 1|it ends before it is complete (line 1, column",
                "{\"count\": 1, \"count\": 2}|the key \"count\" stands twice (line 1, column",
                "{\"count\": 1, \"cuont\": 1}|cuont: not known; known here: colour, count, more, sizes, where",
                "{\"count\": \"many\"}|count: 'many' is not a whole number",
                "{\"count\": null}|count: expected a whole number",
                "{\"count\": 10}|count: 10 is above 9",
                "{\"colour\": \"green\"}|colour: 'green' is not one of RED, BLUE",
                "{\"sizes\": 1.5}|sizes: expected a list",
                "{\"sizes\": [1, \"x\"]}|sizes[1]: 'x' is not a number",
                "{\"where\": \"http://a b\"}|where: 'http://a b' is not a URL",
                "{\"more\": {\"a\": []}}|more.a: expected a whole number",
                "[1]|expected keys with values"
            })
    void whatIsWrongWithATextIsSaidWithItsPlace(String text, String reason) {
        assertThatThrownBy(() -> JSON.readValue(text, Thing.class))
                .isInstanceOfSatisfying(
                        JacksonException.class,
                        e -> assertThat(Reasons.of(e))
                                .contains(reason)
                                .doesNotContain(
                                        "Unexpected", "Cannot", "deserialize", "java.", "Jackson", "Feature", "token"));
    }

    @Test
    void whatIsTooDeepIsSaid() {
        assertThatThrownBy(() -> JSON.readTree("[".repeat(2000)))
                .isInstanceOfSatisfying(
                        JacksonException.class, e -> assertThat(Reasons.of(e)).contains("nested too deeply"));
    }

    @Test
    void filesAndConnections() {
        assertThat(Reasons.of(new NoSuchFileException("a"))).isEqualTo("there is no such file");
        assertThat(Reasons.of(new AccessDeniedException("a"))).isEqualTo("permission is denied");
        assertThat(Reasons.of(new FileSystemException("a", null, "Is a directory")))
                .isEqualTo("is a directory");
        assertThat(Reasons.of(new IOException("No space left on device"))).isEqualTo("no space left on device");
        assertThat(Reasons.of(new EOFException())).isEqualTo("it ends too early");
        assertThat(Reasons.of(new MalformedInputException(1))).isEqualTo("it is not in UTF-8");
        assertThat(Reasons.of(new ConnectException())).isEqualTo("the connection is refused");
        assertThat(Reasons.of(new IOException("Length = -3"))).isEqualTo("the system refuses it");
    }
}
