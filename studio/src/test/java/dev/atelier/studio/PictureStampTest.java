package dev.atelier.studio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.engine.image.Picture;
import dev.atelier.engine.image.PictureSize;
import dev.atelier.engine.image.Watermark;
import dev.atelier.engine.image.codec.PictureFormat;
import dev.atelier.engine.image.codec.PictureLimits;
import dev.atelier.engine.image.codec.PictureMetadata;
import dev.atelier.engine.image.codec.PictureReader;
import dev.atelier.engine.pipeline.GeneratedImage;
import dev.atelier.prompt.GenerationRequest;
import dev.atelier.prompt.Output;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PictureStampTest {
    private static final Picture PICTURE = PlainPipeline.plain(128, 96, 120);

    @ParameterizedTest
    @EnumSource(Output.Format.class)
    void everyFormatSaysWhatReproducesThePictureAndNothingElse(Output.Format format) {
        byte[] file = stamp("a fox", new Output(format, false), "seedling").file(image(3, 0.1));

        assertThat(PictureFormat.sniff(file)).contains(format.file());
        assertThat(PictureMetadata.read(file))
                .contains(new PictureMetadata(
                        "Atelier " + AtelierVersion.text(),
                        "seedling",
                        "a red fox",
                        "rain",
                        new PictureMetadata.Sampling(7, 4, 1.5),
                        new PictureSize(128, 96),
                        Map.of("precision", "int8")));
    }

    @Test
    void theFileDoesNotSayWhichPictureOfARequestItIsNorHowLongItTook() {
        PictureStamp stamp = stamp("a fox", Output.defaults(), "seedling");

        assertThat(stamp.file(image(3, 0.1))).isEqualTo(stamp.file(image(0, 7)));
    }

    @ParameterizedTest
    @CsvSource({
        "seedling-1, seedling-1",
        "black-forest-labs/FLUX.2-klein-4B, black-forest-labs/FLUX.2-klein-4B",
        "/home/ann/secret/klein, klein",
        "/home/ann/secret/klein/, klein/",
        "C:\\Users\\ann\\klein, klein",
        "./runs/klein, klein",
        "~/klein, klein"
    })
    void theFolderOfAModelIsNotTold(String name, String told) {
        byte[] file = stamp("a fox", Output.defaults(), name).file(image(0, 1));

        assertThat(PictureMetadata.read(file).orElseThrow().model()).isEqualTo(told);
    }

    @Test
    void aMarkIsDrawnInTheLanguageOfTheRequest() throws Exception {
        Output marked = new Output(Output.Format.PNG, true);

        assertThat(pixels(stamp("a fox", marked, "m")))
                .isEqualTo(Watermark.ENGLISH.drawOn(PICTURE).toBytes());
        assertThat(pixels(stamp("一只狐狸", marked, "m")))
                .isEqualTo(Watermark.CHINESE.drawOn(PICTURE).toBytes());
        assertThat(pixels(stamp("a fox", Output.defaults(), "m"))).isEqualTo(PICTURE.toBytes());
    }

    @Test
    void onlyAnUnmarkedPngHasTheVeryPixels() {
        assertThat(stamp("a fox", Output.defaults(), "m").isExact()).isTrue();
        assertThat(stamp("a fox", new Output(Output.Format.PNG, true), "m").isExact())
                .isFalse();
        assertThat(stamp("a fox", new Output(Output.Format.WEBP, false), "m").isExact())
                .isFalse();
    }

    private static byte[] pixels(PictureStamp stamp) throws Exception {
        return PictureReader.read(stamp.file(image(0, 1)), PictureLimits.DEFAULT)
                .toBytes();
    }

    private static PictureStamp stamp(String prompt, Output output, String model) {
        return new PictureStamp(
                GenerationRequest.of("m", prompt).withOutput(output),
                Plans.words(prompt),
                PlainPipeline.info(model),
                ContentCredentials.NONE);
    }

    private static GeneratedImage image(int index, double seconds) {
        return new GeneratedImage(index, PICTURE, "a red fox", 7, 4, 1.5, seconds);
    }
}
