package dev.atelier.engine.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.engine.text.QwenTokenizer.Tokens;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Expected ids were found by hand: bytes of the text, merged in the order of {@code tokenizer.json}. */
class QwenTokenizerTest {
    /** {@code <|im_start|>user\nthe lake<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n}. */
    private static final long[] THE_LAKE = {
        1, 87, 85, 266, 201, 259, 71, 278, 271, 2, 201, 1, 67, 85, 85, 75, 85, 86, 67, 336, 201, 400, 201, 201, 401,
        201, 201
    };

    private static final long PAD = 0;

    private QwenTokenizer tokenizer;

    @BeforeEach
    void open() {
        tokenizer = QwenTokenizer.open(Path.of("src/test/resources/parity/klein-small/tokenizer"));
    }

    @AfterEach
    void close() {
        tokenizer.close();
    }

    /** What Qwen3's chat template writes with {@code enable_thinking=False} and a generation prompt. */
    @Test
    void theChatFormIsQwens() {
        assertThat(QwenTokenizer.chat(null, "a fox"))
                .isEqualTo("<|im_start|>user\na fox<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n");
        assertThat(QwenTokenizer.chat("Be brief.", "a fox"))
                .isEqualTo("<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\na fox<|im_end|>\n"
                        + "<|im_start|>assistant\n<think>\n\n</think>\n\n");
    }

    @Test
    void aPromptIsItsChatFormPaddedAtTheEnd() {
        Tokens tokens = tokenizer.encodePrompt("the lake", 40);

        assertThat(tokens.length()).isEqualTo(THE_LAKE.length);
        assertThat(tokens.ids()).hasSize(40).startsWith(THE_LAKE);
        assertThat(Arrays.copyOfRange(tokens.ids(), THE_LAKE.length, 40)).containsOnly(PAD);
        assertThat(tokenizer.padId()).isEqualTo(PAD);
        assertThat(tokenizer.endOfTurnId()).isEqualTo(2);
    }

    /** One character of three bytes: the first two are a token, the third is one. */
    @Test
    void chineseIsBytes() {
        assertThat(tokenizer.encodePrompt("松", 40).ids()).startsWith(1, 87, 85, 266, 201, 388, 125, 2, 201, 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {26, 9, 1})
    void longerTextsAreCutAtTheEnd(int maxLength) {
        Tokens tokens = tokenizer.encodePrompt("the lake", maxLength);

        assertThat(tokens.ids()).isEqualTo(Arrays.copyOf(THE_LAKE, maxLength));
        assertThat(tokens.length()).isEqualTo(maxLength);
    }

    @Test
    void aTextThatJustFitsIsWhole() {
        Tokens tokens = tokenizer.encodePrompt("the lake", THE_LAKE.length);

        assertThat(tokens.ids()).isEqualTo(THE_LAKE);
        assertThat(tokens.length()).isEqualTo(THE_LAKE.length);
    }

    /** 27 tokens: to 32 of 8, to 30 of 10, and never beyond what they were padded to. */
    @ParameterizedTest
    @CsvSource({"8, 32", "10, 30", "27, 27", "64, 40"})
    void trimmingKeepsEveryTokenAndAMultiple(int multiple, int length) {
        Tokens tokens = tokenizer.encodePrompt("the lake", 40).trimmed(multiple);

        assertThat(tokens.ids()).hasSize(length).startsWith(THE_LAKE);
        assertThat(tokens.length()).isEqualTo(THE_LAKE.length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a fox", "  two  spaces ", "line\nbreak\r\n", "日落时分的山和湖 🦊", "naïve café"})
    void decodingGivesTheTextBack(String text) {
        assertThat(tokenizer.decode(tokenizer.encode(text))).isEqualTo(text);
    }

    @Test
    void decodingLeavesSpecialTokensOut() {
        assertThat(tokenizer.decode(new long[] {1, 259, 71, 278, 271, 2, 0})).isEqualTo("the lake");
    }
}
