package dev.atelier.engine.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.engine.tensor.EngineException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the tokens of the small model's vocabulary write, and how texts grow by them. */
class TokenBytesTest {
    private static final Path TOKENIZER = Path.of("src/test/resources/parity/klein-small/tokenizer");

    @Test
    void theBytesOfATextsTokensAreTheText() {
        String text = "a fox, \"红色\" é 🦊\n\t{}:[] ~\u0001";
        try (QwenTokenizer tokenizer = QwenTokenizer.open(TOKENIZER)) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            for (long id : tokenizer.encode(text)) {
                bytes.writeBytes(tokenizer.bytes().of(id));
            }

            assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo(text);
            assertThat(tokenizer.bytes().of(tokenizer.endOfTurnId())).isNull();
            assertThat(tokenizer.bytes().of(tokenizer.padId())).isNull();
            assertThat(tokenizer.bytes().of(100_000)).isNull();
        }
    }

    @Test
    void piecesAreWholeCharacters() {
        StringBuilder heard = new StringBuilder();
        GrowingText text = new GrowingText(piece -> heard.append(piece).append('|'));
        for (byte octet : "aé红🦊".getBytes(StandardCharsets.UTF_8)) {
            text.add(new byte[] {octet});
        }
        text.add(new byte[] {(byte) 0xE7});

        assertThat(heard).hasToString("a|é|红|🦊|");
        assertThat(text.end()).isEqualTo("aé红🦊");
    }

    @Test
    void aFileWithoutAVocabularyIsNamed(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("tokenizer.json"), "{\"model\": {\"vocab\": {}}}");

        assertThatThrownBy(() -> TokenBytes.read(file))
                .isInstanceOf(EngineException.class)
                .hasMessage(file + ": has no byte-level vocabulary");
    }
}
