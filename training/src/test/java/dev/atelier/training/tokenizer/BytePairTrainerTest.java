package dev.atelier.training.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.engine.text.QwenTokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BytePairTrainerTest {
    private static final int BYTES_AND_SPECIAL = 256 + BytePairTrainer.specialTokens();
    private static final List<String> TEXTS = Collections.nCopies(3, "aab aab aab ab");

    @TempDir
    private Path folder;

    @Test
    void theCommonestPairIsJoinedFirst() {
        // " aab" occurs six times, "aab" three times, " ab" three times: "ab" is in all twelve words.
        BytePairTrainer learnt = BytePairTrainer.learn(TEXTS, BYTES_AND_SPECIAL + 2);

        assertThat(learnt.size()).isEqualTo(BYTES_AND_SPECIAL + 2);
        assertThat(learnt.joinedTokens().get(0)).containsExactly('a' - '!' + first(), 'b' - '!' + first());
        assertThat(learnt.joinedTokens().get(1)).containsExactly('a' - '!' + first(), 256);
    }

    @Test
    void anExtendedVocabularyKeepsItsTokensAndCutsOldTextsNoFiner() throws IOException {
        BytePairTrainer.learn(TEXTS, BYTES_AND_SPECIAL + 2).write(folder.resolve("small"));

        BytePairTrainer extended = BytePairTrainer.extend(
                folder.resolve("small"), List.of("aab zebra zebra", "小狐狸 小狐狸"), BYTES_AND_SPECIAL + 30);
        extended.write(folder.resolve("large"));

        assertThat(extended.size()).isGreaterThan(BYTES_AND_SPECIAL + 2);
        try (QwenTokenizer small = QwenTokenizer.open(folder.resolve("small"));
                QwenTokenizer large = QwenTokenizer.open(folder.resolve("large"))) {
            long[] before = small.encodePrompt("aab", 64).ids();
            long[] after = large.encodePrompt("aab", 64).ids();
            int added = extended.size() - BYTES_AND_SPECIAL - 2;
            for (int i = 0; i < before.length; i++) {
                boolean special = before[i] >= 258;
                assertThat(after[i]).isEqualTo(special ? before[i] + added : before[i]);
            }
            assertThat(large.encodePrompt("zebra 小狐狸", 64).length())
                    .isLessThan(small.encodePrompt("zebra 小狐狸", 64).length());
        }
    }

    @Test
    void aVocabularyThatIsLargeEnoughStaysAsItIs() throws IOException {
        BytePairTrainer learnt = BytePairTrainer.learn(TEXTS, BYTES_AND_SPECIAL + 2);
        learnt.write(folder);

        assertThat(BytePairTrainer.extend(folder, TEXTS, BYTES_AND_SPECIAL).size())
                .isEqualTo(learnt.size());
    }

    /** Number of the token of "!", the first printable byte: bytes are tokens in their own order. */
    private static int first() {
        return '!';
    }
}
