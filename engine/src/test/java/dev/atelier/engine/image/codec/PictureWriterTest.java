package dev.atelier.engine.image.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.engine.image.Picture;
import dev.atelier.engine.image.PictureSize;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PictureWriterTest {
    private static final Picture PICTURE = Samples.named("rgb8.png").picture();

    private static PictureMetadata metadata(String prompt) {
        return new PictureMetadata(
                "Atelier 0.1",
                "spark: small, \"fast\"",
                prompt,
                "blurry, <b>bold</b> & grey",
                new PictureMetadata.Sampling(-7_000_000_000_000L, 4, 1.5),
                PictureSize.of(PICTURE),
                Map.of("shot", "2 of 4", "task", "edit"));
    }

    @ParameterizedTest
    @EnumSource(names = {"PNG", "JPEG", "WEBP"})
    void theParametersComeBackFromTheFile(PictureFormat format) {
        for (String prompt :
                new String[] {"a fox", "雪地里的狐狸，\"晨光\" 🦊\n第二行", "", "tab\tnull\0bell\u0007 half\ud83e]]>"}) {
            PictureMetadata written = metadata(prompt);
            byte[] file = PictureWriter.write(PICTURE, format, written);
            // Half a surrogate pair cannot be written in UTF-8.
            String readable = prompt.replace("\ud83e]", "\ufffd]");
            assertThat(PictureFormat.sniff(file)).contains(format);
            assertThat(PictureMetadata.read(file).map(PictureMetadata::prompt)).contains(readable);
            assertThat(PictureMetadata.read(file)).contains(metadata(readable));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PNG", "JPEG", "WEBP"})
    void theFileSaysThatAModelMadeThePicture(PictureFormat format) {
        byte[] file = PictureWriter.write(PICTURE, format, metadata("a fox"));
        assertThat(new String(file, StandardCharsets.ISO_8859_1))
                .contains("<Iptc4xmpExt:DigitalSourceType>"
                        + "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
                        + "</Iptc4xmpExt:DigitalSourceType>");
    }

    @Test
    void pngKeepsEveryPixelAndTheTextThatStableDiffusionToolsParse() {
        byte[] file = PictureWriter.write(PICTURE, PictureFormat.PNG, metadata("a fox"));
        assertThat(PictureReader.read(file, PictureLimits.DEFAULT).toBytes()).isEqualTo(PICTURE.toBytes());
        assertThat(new String(new PngChunks(file).first("tEXt"), StandardCharsets.ISO_8859_1))
                .isEqualTo("parameters\0a fox\nNegative prompt: blurry, <b>bold</b> & grey\n"
                        + "Steps: 4, Sampler: Euler, CFG scale: 1.5, Seed: -7000000000000, Size: 41x29, "
                        + "Model: \"spark: small, \\\"fast\\\"\", shot: 2 of 4, task: edit, Version: Atelier 0.1");
        byte[] chinese = PictureWriter.write(PICTURE, PictureFormat.PNG, metadata("狐狸"));
        assertThat(new String(new PngChunks(chinese).first("iTXt"), StandardCharsets.UTF_8))
                .startsWith("parameters\0\0\0\0\0狐狸\nNegative prompt");
    }

    @ParameterizedTest
    @EnumSource(names = {"JPEG", "WEBP"})
    void exifHoldsTheSameTextAsTheUsersComment(PictureFormat format) {
        PictureMetadata written = metadata("a fox 狐狸");
        byte[] file = PictureWriter.write(PICTURE, format, written);
        byte[] exif = format == PictureFormat.JPEG
                ? new JpegSegments(file).exif()
                : WebpChunks.list(file, WebpChunks.RIFF_HEADER, file.length).stream()
                        .filter(chunk -> chunk.kind().equals("EXIF"))
                        .map(chunk -> WebpChunks.data(file, chunk))
                        .findFirst()
                        .orElseThrow();
        TiffDirectory directory = TiffDirectory.of(exif);
        assertThat(new String(directory.bytes(0x010e), StandardCharsets.UTF_8)).isEqualTo("a fox 狐狸\0");
        assertThat(new String(directory.bytes(0x0131), StandardCharsets.UTF_8)).isEqualTo("Atelier 0.1\0");
        byte[] comment = directory.sub(TiffDirectory.EXIF_IFD).bytes(ExifData.USER_COMMENT);
        assertThat(Arrays.copyOf(comment, 8)).isEqualTo(ExifData.UNICODE);
        assertThat(new String(comment, 8, comment.length - 8, StandardCharsets.UTF_16BE))
                .isEqualTo(written.parametersText());
    }

    @ParameterizedTest
    @CsvSource({"100,1,5", "95,1,25", "90,1,50", "89,2,170", "30,2,190"})
    void jpegKeepsColoursAtFullResolutionAtHighQuality(int quality, int lumaFactor, int mostDifference) {
        byte[] file = PictureWriter.write(PICTURE, PictureFormat.JPEG, quality, metadata("a fox"));
        JpegSegments segments = new JpegSegments(file);
        ByteBuffer frame = segments.payload(segments.all().stream()
                .filter(segment -> segment.marker() == 0xc0)
                .findFirst()
                .orElseThrow());
        assertThat((int) frame.get(7)).as("sampling factors of luma").isEqualTo(lumaFactor << 4 | lumaFactor);
        assertThat((int) frame.get(10)).as("sampling factors of chroma").isEqualTo(0x11);
        assertThat(Samples.distance(PictureReader.read(file, PictureLimits.DEFAULT), PICTURE))
                .isLessThanOrEqualTo(mostDifference);
    }

    @Test
    void webpOfQuality100IsLossless() {
        byte[] exact = PictureWriter.write(PICTURE, PictureFormat.WEBP, 100, metadata("a fox"));
        assertThat(PictureReader.read(exact, PictureLimits.DEFAULT).toBytes()).isEqualTo(PICTURE.toBytes());
        byte[] rough = PictureWriter.write(PICTURE, PictureFormat.WEBP, 10, metadata("a fox"));
        byte[] fine = PictureWriter.write(PICTURE, PictureFormat.WEBP, 95, metadata("a fox"));
        assertThat(Samples.distance(PictureReader.read(rough, PictureLimits.DEFAULT), PICTURE))
                .isBetween(40, 200);
        assertThat(rough.length).isLessThan(fine.length);
    }

    @Test
    void aPromptTooLongForJpegIsCutNotRefused() {
        String prompt = "狐狸 ".repeat(30_000);
        byte[] jpeg = PictureWriter.write(PICTURE, PictureFormat.JPEG, metadata(prompt));
        assertThat(PictureMetadata.read(jpeg).orElseThrow().prompt())
                .hasSizeBetween(5_000, 30_000)
                .satisfies(cut -> assertThat(prompt).startsWith(cut));
        assertThat(PictureReader.read(jpeg, PictureLimits.DEFAULT).width()).isEqualTo(41);
        byte[] webp = PictureWriter.write(PICTURE, PictureFormat.WEBP, metadata(prompt));
        assertThat(PictureMetadata.read(webp).orElseThrow().prompt()).isEqualTo(prompt);
    }

    @Test
    void filesOfOthersHaveNoParameters() {
        for (Samples.Sample sample : Samples.all()) {
            assertThat(PictureMetadata.read(sample.bytes())).as(sample.name()).isEmpty();
        }
        assertThat(PictureMetadata.read(new byte[0])).isEmpty();
    }

    @Test
    void damagedParametersAreNone() {
        byte[] file = PictureWriter.write(PICTURE, PictureFormat.WEBP, metadata("a fox"));
        int json = new String(file, StandardCharsets.ISO_8859_1).indexOf("{\"");
        file[json] = '[';
        assertThat(PictureMetadata.read(file)).isEmpty();
    }

    @Test
    void whatAFormatCannotHoldIsRefusedByName() {
        assertThatThrownBy(() -> PictureWriter.write(PICTURE, PictureFormat.GIF, metadata("a fox")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("format: GIF is not written; PNG, JPEG and WebP are");
        assertThatThrownBy(() -> PictureWriter.write(PICTURE, PictureFormat.JPEG, 101, metadata("a fox")))
                .hasMessage("quality: 101 is not in 1 to 100");
        Picture wide = new Picture(16_384, 1, new byte[16_384 * 3]);
        assertThatThrownBy(() -> PictureWriter.write(wide, PictureFormat.WEBP, metadata("a fox")))
                .hasMessage("size: 16384x1; WebP allows 16383 pixels a side");
    }
}
