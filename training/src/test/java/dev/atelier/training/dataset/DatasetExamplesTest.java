package dev.atelier.training.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.engine.image.Picture;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetExamplesTest {
    @TempDir
    private Path folder;

    @Test
    void picturesComeInTurnAsSquaresWithTheirCaptions() throws IOException {
        PictureFiles.captioned(folder, "a", Color.RED, "red");
        PictureFiles.captioned(folder, "b", Color.BLUE, "blue");
        DatasetExamples examples = open();

        Example second = examples.example(Task.TEXT_TO_IMAGE, 0, 1, 32);

        assertThat(second.target().width()).isEqualTo(32);
        assertThat(second.target().height()).isEqualTo(32);
        assertThat(colour(second.target())).isEqualTo(Color.BLUE);
        assertThat(second.references()).isEmpty();
        assertThat(second.prompts().apply(9)).isEqualTo("blue");
        assertThat(examples.prompt(Task.TEXT_TO_IMAGE, 0, 2, 0)).isEqualTo("red");
        assertThat(examples.tasks()).containsExactly(Task.TEXT_TO_IMAGE, Task.REPEAT);
    }

    @Test
    void laterRoundsShowOtherPartsOfAPicture() throws IOException {
        Files.write(folder.resolve("a.png"), PictureFiles.gradient(200, 64));
        Files.writeString(folder.resolve("a.txt"), "from left to right");
        DatasetExamples examples = open();

        Example middle = examples.example(Task.TEXT_TO_IMAGE, 0, 0, 64);
        Example part = examples.example(Task.TEXT_TO_IMAGE, 0, 1, 64);

        assertThat(part.target().toBytes()).isNotEqualTo(middle.target().toBytes());
        assertThat(part.target().toBytes())
                .isEqualTo(
                        examples.example(Task.TEXT_TO_IMAGE, 0, 1, 64).target().toBytes());
    }

    @Test
    void referencesDecideWhatAnEntryTeaches() throws IOException {
        PictureFiles.captioned(folder, "a", Color.RED, "");
        PictureFiles.captioned(folder, "b", Color.BLUE, "");
        Files.writeString(folder.resolve("list.jsonl"), """
                {"image": "a.png", "caption": "make it red", "references": ["b.png"]}
                """);
        DatasetExamples examples = open();

        Example edit = examples.example(Task.EDIT, 1, 7, 32);
        Example repeat = examples.example(Task.REPEAT, 1, 7, 32);

        assertThat(examples.tasks()).containsExactly(Task.EDIT, Task.REPEAT);
        assertThat(colour(edit.references().getFirst())).isEqualTo(Color.BLUE);
        assertThat(colour(edit.target())).isEqualTo(Color.RED);
        assertThat(colour(repeat.references().getFirst())).isEqualTo(Color.RED);
        assertThatThrownBy(() -> examples.example(Task.COMPOSE, 2, 0, 32))
                .hasMessage("data: it has no examples of COMPOSE");
    }

    @Test
    void aDamagedPictureIsCountedOnceAndAnotherStandsIn() throws IOException {
        Files.write(folder.resolve("a.png"), new byte[] {1, 2, 3});
        Files.writeString(folder.resolve("a.txt"), "damaged");
        PictureFiles.captioned(folder, "b", Color.BLUE, "blue");
        PictureDataset dataset = PictureDataset.open(folder, "");
        DatasetExamples examples = new DatasetExamples(dataset, 1);

        for (int index = 0; index < 4; index++) {
            Example example = examples.example(Task.TEXT_TO_IMAGE, 0, index, 32);
            assertThat(colour(example.target())).isEqualTo(Color.BLUE);
            assertThat(example.prompts().apply(0)).isEqualTo("blue");
        }
        assertThat(dataset.skipped().total()).isEqualTo(1);
        assertThat(dataset.skipped().lines().getFirst()).contains("a.png");
    }

    @Test
    void whenNoPictureCanBeUsedTheReasonIsSaid() throws IOException {
        PictureFiles.captioned(folder, "a", Color.RED, "red");
        DatasetExamples examples = open();

        assertThatThrownBy(() -> examples.example(Task.TEXT_TO_IMAGE, 0, 0, 512))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("data: no picture can be used: 1 ")
                .hasMessageContaining("a.png (64x64; at least half of 512x512 is expected)");
    }

    private DatasetExamples open() throws IOException {
        return new DatasetExamples(PictureDataset.open(folder, ""), 1);
    }

    private static Color colour(Picture picture) {
        return new Color(picture.toImage().getRGB(3, 3));
    }
}
