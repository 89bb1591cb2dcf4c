package dev.atelier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoraCommandTest extends CommandLineFixture {
    private Path data;
    private Path output;

    @BeforeEach
    void pictures() throws IOException {
        data = Files.createDirectories(home.resolve("pictures"));
        output = home.resolve("out/red.safetensors");
        BufferedImage image = new BufferedImage(128, 128, BufferedImage.TYPE_INT_RGB);
        var graphics = image.createGraphics();
        graphics.setColor(Color.RED);
        graphics.fillRect(0, 0, 128, 128);
        graphics.dispose();
        for (String name : List.of("a", "b")) {
            ImageIO.write(image, "png", data.resolve(name + ".png").toFile());
            Files.writeString(data.resolve(name + ".txt"), "a red square");
        }
        Files.writeString(data.resolve("c.png"), "no picture");
        Files.writeString(data.resolve("c.txt"), "a red square");
    }

    @Test
    void anAdapterOfTheBuiltInModelIsTrainedResumedAndKept() {
        Outcome trained = lora("--resolution", 128, "--steps", 2, "--rank", 2);

        assertThat(trained.code()).as(trained.err()).isZero();
        assertThat(trained.outLines()).containsExactly(output.toString());
        assertThat(output).isNotEmptyFile();
        assertThat(home.resolve("run/loss.png")).isNotEmptyFile();
        assertThat(trained.err())
                .contains("left out: 1")
                .contains("1 in no known picture format: c.png (picture: the content is none of PNG")
                .contains("2 examples, adapters around")
                .contains("lora  step 1 (50.0 %)");

        Outcome again = lora("--resolution", 128, "--steps", 2, "--rank", 2);
        assertThat(again.code()).isEqualTo(ExitCode.USAGE);
        assertThat(again.err()).contains("--output: " + output + " exists already");

        Outcome unresumed = lora("--resolution", 128, "--steps", 2, "--rank", 2, "--overwrite");
        assertThat(unresumed.code()).isEqualTo(ExitCode.USAGE);
        assertThat(unresumed.err()).contains("--run: ", "holds a checkpoint");

        Outcome other = lora("--resolution", 128, "--steps", 2, "--rank", 4, "--overwrite", "--resume");
        assertThat(other.code()).isEqualTo(ExitCode.USAGE);
        assertThat(other.err()).contains("--rank: 4, but the run in", "was begun with 2");

        Outcome resumed = lora("--resolution", 128, "--steps", 2, "--rank", 2, "--overwrite", "--resume");
        assertThat(resumed.code()).as(resumed.err()).isZero();
        assertThat(resumed.err()).contains("from step 2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--rank|0|--rank: 0 is not in 1 to 1024",
                "--learning-rate|3|--learning-rate: 3 is not in 1.0E-8 to 1",
                "--steps|0|--steps: 0 is not in 1 to 10000000",
                "--caption-dropout|1.5|--caption-dropout: 1.5 is not in 0 to 1",
                "--resolution|32|--resolution: 32 is not in 64 to 2048",
                "--targets|everything|--targets",
                "--checkpoint-every|0|--checkpoint-every: 0 is below 1",
                "--data|nowhere|--data: nowhere: no such folder or file",
                "--threads|-1|--threads: -1 is not in 0 to 1024",
                "--output|lora.bin|--output: lora.bin does not end in .safetensors"
            })
    void aWrongOptionIsNamedWithItsValueAndBound(String option, String value, String message) {
        Outcome outcome = lora(option, value);

        assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).contains(message).doesNotContain("\tat ");
    }

    /** A command line with {@code options} in place of what else stands there. */
    private Outcome lora(Object... options) {
        List<Object> words = new ArrayList<>(List.of("lora"));
        List<Object> given = List.of(options);
        List<Object> defaults =
                List.of("--data", data, "--output", output, "--run", home.resolve("run"), "--steps", 1, "--threads", 1);
        for (int i = 0; i < defaults.size(); i += 2) {
            if (!given.contains(defaults.get(i))) {
                words.addAll(defaults.subList(i, i + 2));
            }
        }
        words.addAll(given);
        return run(words.toArray());
    }
}
