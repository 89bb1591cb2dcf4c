package dev.atelier.engine.text.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a grammar lets through fits its schema, and whatever was begun can be brought to an end. */
class JsonGrammarTest {
    private static final String SHAPES = "^(|(1[0-6]|[1-9]):(1[0-6]|[1-9])|21:9)$";
    private static final String SCHEMA = """
            {"type": "object", "required": ["shape", "text", "items", "yes"], "additionalProperties": false, "properties": {
              "shape": {"type": "string", "pattern": "%s"},
              "text": {"type": "string", "minLength": 1, "maxLength": 5},
              "items": {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": "integer", "minimum": 3, "maximum": 14}},
              "yes": {"type": "boolean"}}}""".formatted(SHAPES);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"shape\":\"\",\"text\":\"a\",\"items\":[3],\"yes\":true}",
                "{\"shape\": \"16:9\", \"text\": \"红色🦊é!\", \"items\": [3, 14, 10], \"yes\": false}",
                "{\"shape\":\"1:10\",\"text\":\"\\\"\\\\\\n\",\"items\":[9],\"yes\":true}"
            })
    void whatFitsIsAllowed(String text) {
        GrammarState end = JsonGrammar.of(SCHEMA).after(text.getBytes(StandardCharsets.UTF_8));

        assertThat(end).isNotNull();
        assertThat(end.isComplete()).isTrue();
        assertThat(end.after(' ')).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [                                               | 0
            {"text"                                         | 2
            { "shape"                                       | 1
            {"shape":  ""                                   | 10
            {"shape":"17:1"                                 | 11
            {"shape":"0:1"                                  | 10
            {"shape":"16:",                                 | 13
            {"shape":"","text":""                           | 20
            {"shape":"","text":"abcdef                      | 25
            {"shape":"","text":"\\u0041                     | 21
            {"shape":"","text":"a","items":[]               | 32
            {"shape":"","text":"a","items":[2               | 32
            {"shape":"","text":"a","items":[03              | 32
            {"shape":"","text":"a","items":[15              | 33
            {"shape":"","text":"a","items":[1,              | 33
            {"shape":"","text":"a","items":[3,]             | 34
            {"shape":"","text":"a","items":[3,3,3,          | 37
            {"shape":"","text":"a","items":[3],"yes":tf     | 42
            {"shape":"","text":"a","items":[3],"yes":true,  | 45
            """)
    void whatDoesNotFitIsRefusedWhereItGoesWrong(String text, int at) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        GrammarState state = JsonGrammar.of(SCHEMA);
        int read = 0;
        while (read < bytes.length && state.after(bytes[read]) != null) {
            state = state.after(bytes[read++]);
        }

        assertThat(read).isEqualTo(at);
    }

    @Test
    void charactersAreWhole() {
        GrammarState text =
                JsonGrammar.of(SCHEMA).after("{\"shape\":\"\",\"text\":\"".getBytes(StandardCharsets.UTF_8));

        for (int octet : new int[] {0x80, 0xBF, 0xC0, 0xC1, 0xF5, 0xFF, 0x0A, 0x1F}) {
            assertThat(text.after(octet)).as("%x", octet).isNull();
        }
        assertThat(text.after(0xE0).after(0x9F)).isNull();
        assertThat(text.after(0xED).after(0xA0)).isNull();
        assertThat(text.after(0xF4).after(0x90)).isNull();
        assertThat(text.after(0xE7).after('"')).isNull();
    }

    /** Random walks of every length, each brought to its end. */
    @Test
    void whateverWasBegunEndsInValidJson() throws CharacterCodingException {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 3_000; i++) {
            GrammarState state = JsonGrammar.of(SCHEMA);
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            int length = random.nextInt(90);
            for (int tries = 0; text.size() < length && tries < 20_000 && !state.isComplete(); tries++) {
                int octet = random.nextInt(256);
                GrammarState next = state.after(octet);
                if (next != null) {
                    state = next;
                    text.write(octet);
                }
            }
            state.finish(text);

            String json = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(text.toByteArray()))
                    .toString();
            JsonNode read = JsonMapper.shared().readTree(json);
            assertThat(read.propertyNames()).containsExactly("shape", "text", "items", "yes");
            assertThat(read.get("shape").stringValue()).matches(SHAPES);
            assertThat(read.get("text").stringValue().codePoints().count()).isBetween(1L, 5L);
            assertThat(read.get("items").size()).isBetween(1, 3);
            assertThat(read.get("items"))
                    .allSatisfy(item -> assertThat(item.intValue()).isBetween(3, 14));
            assertThat(read.get("yes").isBoolean()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"type": "null"}                                                | $.type: object, array, string, integer or boolean is needed
            {"type": "string", "format": "date"}                            | $.format: is not known to the grammar
            {"type": "object", "properties": {"a": {"type": "string"}}}     | $.required: every property must be in it, and there must be one
            {"type": "array", "minItems": 3, "maxItems": 2, "items": {}}    | $: from 3 to 2 there is nothing
            {"type": "array", "items": {"type": "integer", "minimum": -1}}  | $[].minimum: -1 is not in 0 to 1000000
            {"type": "string", "pattern": "("}                              | $.pattern: is none
            {"type"                                                         | schema: is no valid JSON
            """)
    void whatASchemaSaysBesidesIsRefused(String schema, String message) {
        assertThatThrownBy(() -> JsonGrammar.of(schema))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
