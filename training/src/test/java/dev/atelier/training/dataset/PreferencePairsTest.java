package dev.atelier.training.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.Color;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreferencePairsTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void pictures() throws IOException {
        Files.createDirectories(folder.resolve("pictures"));
        Files.write(folder.resolve("pictures/a.png"), PictureFiles.png(Color.RED, 64, 64));
        Files.write(folder.resolve("pictures/b.png"), PictureFiles.png(Color.BLUE, 64, 64));
    }

    @Test
    void votesAreReadUnderTheNamesThatSetsUse() throws IOException {
        PreferencePairs pairs = open("""
            {"prompt": " a  red\\nsquare ", "winner": "pictures/a.png", "loser": "pictures/b.png"}

            {"caption": "蓝色", "chosen": "pictures/b.png", "rejected": "pictures/a.png", "references": ["pictures/a.png"]}
            {"text": "other", "winner": "pictures/b.png", "loser": "pictures/a.png", "model": "x", "voter": 7}
            """);

        assertThat(pairs.judgements())
                .extracting(PreferencePair::prompt)
                .containsExactly("a red square", "蓝色", "other");
        assertThat(pairs.judgements().get(1).winner().name()).isEqualTo("pictures/b.png");
        assertThat(pairs.judgements().get(1).references()).hasSize(1);
        assertThat(pairs.skipped().total()).isZero();
    }

    @Test
    void whatCannotBeUsedIsCountedAndNamed() throws IOException {
        PreferencePairs pairs = open("""
            {"prompt": "fine", "winner": "pictures/a.png", "loser": "pictures/b.png"}
            {"prompt": "x", "winner": "pictures/a.png"}
            {"winner": "pictures/a.png", "loser": "pictures/b.png"}
            {"prompt": "x", "winner": "pictures/a.png", "loser": "pictures/a.png"}
            {"prompt": "x", "winner": "pictures/none.png", "loser": "pictures/b.png"}
            {"prompt": "x", "winner": "../outside.png", "loser": "pictures/b.png"}
            {"prompt": "x", "winner": ["pictures/a.png"], "loser": "pictures/b.png"}
            not JSON
            """);

        assertThat(pairs.judgements()).hasSize(1);
        assertThat(pairs.skipped().count(SkipReason.BAD_ENTRY)).isEqualTo(5);
        assertThat(pairs.skipped().count(SkipReason.MISSING)).isEqualTo(1);
        assertThat(pairs.skipped().count(SkipReason.OUTSIDE)).isEqualTo(1);
        assertThat(String.join("\n", pairs.skipped().lines()))
                .contains("votes.jsonl line 2 (loser: missing)")
                .contains("votes.jsonl line 3 (prompt: missing)")
                .contains("pictures/none.png");
    }

    @Test
    void aFileWithoutAPairSaysWhy() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> open("{\"prompt\": \"x\"}\n"))
                .withMessageContaining(
                        "no pair of pictures; left out: 1 not understood: votes.jsonl line 1 (winner: missing)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PreferencePairs.open(folder.resolve("none.jsonl")))
                .withMessageContaining("no such file");
    }

    private PreferencePairs open(String lines) throws IOException {
        Path file = folder.resolve("votes.jsonl");
        Files.write(file, lines.getBytes(StandardCharsets.UTF_8));
        return PreferencePairs.open(file);
    }
}
