package dev.atelier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.engine.image.Picture;
import dev.atelier.engine.image.codec.PictureFormat;
import dev.atelier.engine.image.codec.PictureLimits;
import dev.atelier.engine.image.codec.PictureMetadata;
import dev.atelier.engine.image.codec.PictureReader;
import dev.atelier.engine.image.codec.PictureWriter;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReplayCommandTest extends CommandLineFixture {
    private Path made;

    @BeforeEach
    void prepare() throws IOException {
        Path model = Files.createDirectories(home.resolve(".cache/atelier/models/studio/klein"));
        Files.writeString(model.resolve("model_index.json"), "{}");
        variables.put("ATELIER_MODEL", "klein");
        made = home.resolve("fox.jpg");
    }

    @Test
    void theSameRequestIsMadeAgainAndItsPictureCompared() {
        made(
                "generate",
                "a red fox",
                "--exact",
                "--size",
                "640x320",
                "--steps",
                4,
                "--guidance",
                2.5,
                "--negative",
                "rain",
                "--seed",
                7,
                "-o",
                made);

        Outcome outcome = run("replay", made, "-o", home.resolve("again.jpg"));

        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.outLines()).containsExactly("the same, pixel by pixel");
        assertThat(pipeline.requests.getLast()).isEqualTo(pipeline.requests.getFirst());
        assertThat(home.resolve("again.jpg")).hasSameBinaryContentAs(made);
    }

    @Test
    void aPictureThatWasChangedDiffersAndToleranceIsAsked() throws IOException {
        Path png = home.resolve("fox.png");
        made("generate", "a red fox", "--seed", 7, "--size", "256x256", "-o", png);
        byte[] file = Files.readAllBytes(png);
        PictureMetadata metadata = PictureMetadata.read(file).orElseThrow();
        Picture picture = PictureReader.read(file, PictureLimits.DEFAULT);
        BufferedImage image = picture.toImage();
        int blue = image.getRGB(0, 0) & 0xff;
        image.setRGB(0, 0, image.getRGB(0, 0) + (blue < 128 ? 3 : -3));
        Files.write(png, PictureWriter.write(Picture.of(image), PictureFormat.PNG, metadata));

        Outcome differs = run("replay", png);
        Outcome tolerated = run("replay", png, "--tolerance", 3);

        assertThat(differs.code()).isEqualTo(1);
        assertThat(differs.outLines().getFirst()).startsWith("differs: 0.00 % of the values differ, by 3 levels");
        assertThat(tolerated.code()).isZero();
    }

    @Test
    void whatCannotBeDrawnAgainIsSaid() throws IOException {
        Path png = home.resolve("fox.png");
        made("generate", "a red fox", "--seed", 7, "--size", "256x256", "-o", png);
        Path edited = home.resolve("edited.png");
        made("edit", png, "make it night", "-o", edited);
        Path text = Files.writeString(home.resolve("a.txt"), "words");

        assertThat(run("replay", edited).err())
                .contains("edited.png: the model was given 1 pictures, which the file does not hold");
        assertThat(run("replay", text).err()).contains("a.txt: says nothing of how Atelier made it");
        assertThat(run("replay", png, "--tolerance", 256).err()).contains("--tolerance: 256 is not in 0 to 255");
        assertThat(run("replay", png, "-o", edited).err()).contains("edited.png exists");
    }

    private void made(Object... command) {
        Outcome outcome = run(command);
        assertThat(outcome.code()).as(outcome.err()).isZero();
    }
}
