package dev.atelier.engine.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PictureReaderTest {
    static List<Samples.Sample> samples() {
        return Samples.all();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everyFormReadsAsTheReferenceDoes(Samples.Sample sample) {
        Picture picture = PictureReader.read(sample.bytes(), PictureLimits.DEFAULT);
        Picture expected = sample.picture();
        assertThat(PictureSize.of(picture)).isEqualTo(PictureSize.of(expected));
        assertThat(Samples.distance(picture, expected)).isLessThanOrEqualTo(sample.tolerance());
    }

    @Test
    void theContentDecidesNotTheName(@TempDir Path folder) throws IOException {
        Samples.Sample sample = Samples.named("rgb8.png");
        Path misnamed = folder.resolve("photo.jpg");
        Files.write(misnamed, sample.bytes());
        assertThat(PictureReader.read(misnamed, PictureLimits.DEFAULT).toBytes())
                .isEqualTo(sample.picture().toBytes());
    }

    @Test
    void otherContentIsRefused() {
        for (String content : List.of("", "<svg/>", "RIFF\0\0\0\0WAVE", "\u00ff\u00d8", "%PDF-1.7")) {
            assertThatThrownBy(() -> PictureReader.read(
                            content.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1), PictureLimits.DEFAULT))
                    .isInstanceOfSatisfying(
                            PictureException.class,
                            e -> assertThat(e.kind()).isEqualTo(PictureException.Kind.UNSUPPORTED))
                    .hasMessage("picture: the content is none of PNG, JPEG, WebP, BMP, TIFF, GIF");
        }
    }
}
