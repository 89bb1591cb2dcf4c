package dev.atelier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.engine.image.Picture;
import dev.atelier.engine.image.PictureSize;
import dev.atelier.engine.image.codec.PictureFormat;
import dev.atelier.engine.image.codec.PictureMetadata;
import dev.atelier.engine.image.codec.PictureWriter;
import dev.atelier.engine.pipeline.EditScope;
import dev.atelier.engine.pipeline.ImageRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EditCommandTest extends CommandLineFixture {
    @TempDir
    Path folder;

    private Path source;
    private Path mask;

    @BeforeEach
    void pictures() throws IOException {
        Path model = Files.createDirectories(home.resolve(".cache/atelier/models/studio/klein"));
        Files.writeString(model.resolve("model_index.json"), "{}");
        variables.put("ATELIER_MODEL", "klein");
        source = write("source.png", 80, 40, 90);
        mask = write("mask.png", 20, 20, 255);
    }

    @Test
    void aMaskAndAStrengthReachThePipelineAndTheSizeStaysTheSources() {
        Outcome outcome = edit("--mask", mask, "--strength", 0.4);

        assertThat(outcome.code()).isZero();
        ImageRequest request = pipeline.requests.getFirst();
        assertThat(request.edit().strength()).isEqualTo(0.4);
        assertThat(request.edit().mask()).hasToString("Picture[20x20]");
        assertThat(request.width() + "x" + request.height()).isEqualTo("80x40");
        assertThat(request.references()).singleElement().hasToString("Picture[80x40]");
    }

    @Test
    void withoutThemEverythingMayChange() {
        edit();

        assertThat(pipeline.requests.getFirst().edit()).isEqualTo(EditScope.FREE);
        assertThat(pipeline.requests.getFirst().width()).isPositive();
    }

    @Test
    void outpaintingPutsThePictureOnALargerCanvas() {
        edit("--outpaint", "10,0,20,5");

        ImageRequest request = pipeline.requests.getFirst();
        assertThat(request.references()).singleElement().hasToString("Picture[110x45]");
        assertThat(request.edit().mask()).hasToString("Picture[110x45]");
        assertThat(request.edit().mask().channel(10, 0, 0)).isZero();
        assertThat(request.edit().mask().channel(9, 0, 0)).isEqualTo(255);
    }

    @Test
    void aPictureThatTheModelSeesSmallerIsTold() throws IOException {
        Path large = write("large.png", 400, 100, 90);

        assertThat(run("edit", large, "make it night", "-o", folder.resolve("out.png"))
                        .err())
                .contains("note: images[0]: 400x100 is more than the model sees of a picture; it was shrunk to about"
                        + " 282x70 for it");
        assertThat(edit("--overwrite").err()).doesNotContain("shrunk");
    }

    @Test
    void wrongValuesAreNamedWithTheirBound() {
        assertThat(edit("--strength", 1.2).err()).contains("--strength: 1.2 is not in 0 to 1");
        assertThat(edit("--outpaint", "1,2").err()).contains("--outpaint: '1,2' is not LEFT,TOP,RIGHT,BOTTOM");
        assertThat(edit("--outpaint", "1,2,3,4", "--mask", mask).err()).contains("only one of them is allowed");
        assertThat(edit("--mask", folder.resolve("none.png")).err()).contains("none.png");
        assertThat(pipeline.requests).isEmpty();
    }

    @Test
    void thePictureMayComeAsAnOptionToo() {
        Outcome outcome = run("edit", "make it night", "--image", source, "-i", mask, "-o", folder.resolve("out.png"));

        assertThat(outcome.code()).isZero();
        ImageRequest request = pipeline.requests.getFirst();
        assertThat(request.prompt()).isEqualTo("make it night");
        assertThat(request.references())
                .extracting(Picture::toString)
                .containsExactly("Picture[80x40]", "Picture[20x20]");
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThat(run("edit", "make it night").err())
                .contains("IMAGE: missing")
                .contains("--image");
        assertThat(run("edit", source).err()).contains("INSTRUCTION: missing");
        assertThat(run("edit", source, "--image", mask).err()).contains("INSTRUCTION: missing");
        assertThat(run("edit").err()).contains("INSTRUCTION");
        assertThat(pipeline.requests).isEmpty();
    }

    private Outcome edit(Object... options) {
        Object[] all = new Object[options.length + 5];
        System.arraycopy(new Object[] {"edit", source, "make it night", "-o", folder.resolve("out.png")}, 0, all, 0, 5);
        System.arraycopy(options, 0, all, 5, options.length);
        return run(all);
    }

    private Path write(String name, int width, int height, int value) throws IOException {
        byte[] rgb = new byte[width * height * 3];
        Arrays.fill(rgb, (byte) value);
        PictureMetadata metadata = new PictureMetadata(
                "", "", "", "", new PictureMetadata.Sampling(0, 0, 0), new PictureSize(width, height), Map.of());
        return Files.write(
                folder.resolve(name),
                PictureWriter.write(new Picture(width, height, rgb), PictureFormat.PNG, metadata));
    }
}
