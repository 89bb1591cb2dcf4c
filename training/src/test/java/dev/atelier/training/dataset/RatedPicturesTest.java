package dev.atelier.training.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RatedPicturesTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void pictures() throws IOException {
        Files.write(folder.resolve("a.png"), PictureFiles.png(Color.RED, 64, 64));
        Files.write(folder.resolve("b.png"), PictureFiles.png(Color.BLUE, 64, 64));
    }

    /** Thumbs: advantages 1 and -1 have the deviation 1, which is a tenth of the scale. */
    @Test
    void thumbsAreATenthMoreOrLessThanAHalf() throws IOException {
        RatedPictures rated = open("""
            {"prompt": "a  cat", "image": "a.png", "rating": 1}
            {"prompt": "a cat", "image": "b.png", "reward": -1.0}
            """);

        assertThat(rated.judgements()).extracting(RatedPicture::prompt).containsExactly("a cat", "a cat");
        assertThat(optimalities(rated)).containsExactly(new double[] {0.6, 0.4}, within(1e-12));
    }

    /** A prompt that is liked anyway (4 and 5 stars) says nothing of which pictures are; a lone one is held against all, whose mean is 3. */
    @Test
    void picturesAreHeldAgainstThoseOfTheirPrompt() throws IOException {
        RatedPictures rated = open("""
            {"prompt": "easy", "image": "a.png", "rating": 5}
            {"prompt": "easy", "image": "b.png", "rating": 4}
            {"prompt": "hard", "image": "a.png", "score": 1}
            {"prompt": "hard", "image": "b.png", "score": 2}
            {"prompt": "alone", "image": "b.png", "score": 3}
            """);

        double deviation = Math.sqrt(4 * 0.25 / 5);
        double half = 0.5 / deviation / 10;
        assertThat(optimalities(rated))
                .containsExactly(new double[] {0.5 + half, 0.5 - half, 0.5 - half, 0.5 + half, 0.5}, within(1e-12));
    }

    @Test
    void anAdvantageCountsFiveDeviationsAtMost() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 99; i++) {
            lines.append("{\"prompt\": \"x\", \"image\": \"a.png\", \"rating\": 0}\n");
        }
        lines.append("{\"prompt\": \"x\", \"image\": \"b.png\", \"rating\": 1e6}\n");

        RatedPictures rated = open(lines.toString());

        assertThat(rated.optimality(rated.judgements().getLast())).isEqualTo(1);
    }

    @Test
    void whatCannotBeUsedIsCountedAndNamed() throws IOException {
        RatedPictures rated = open("""
            {"prompt": "fine", "image": "a.png", "rating": 0.5}
            {"prompt": "fine", "image": "b.png", "rating": 0.25}
            {"prompt": "x", "image": "a.png"}
            {"prompt": "x", "image": "a.png", "rating": "good"}
            {"prompt": "x", "image": "a.png", "rating": 1e999}
            {"prompt": "x", "image": "none.png", "rating": 1}
            """);

        assertThat(rated.judgements()).hasSize(2);
        assertThat(rated.skipped().total()).isEqualTo(4);
        assertThat(String.join("\n", rated.skipped().lines())).contains("ratings.jsonl line 3 (rating: missing)");
    }

    @Test
    void picturesThatAreAllAlikeTeachNothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> open("""
                    {"prompt": "x", "image": "a.png", "rating": 1}
                    {"prompt": "x", "image": "b.png", "rating": 1}
                    """))
                .withMessageContaining("ratings: ")
                .withMessageContaining("rated alike");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> open("{}"))
                .withMessageContaining("no rated picture; left out: 1 not understood: ratings.jsonl line 1");
    }

    private static double[] optimalities(RatedPictures rated) {
        return rated.judgements().stream().mapToDouble(rated::optimality).toArray();
    }

    private RatedPictures open(String lines) throws IOException {
        Path file = folder.resolve("ratings.jsonl");
        Files.writeString(file, lines);
        return RatedPictures.open(file);
    }
}
