package dev.atelier.engine.image.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.engine.image.Picture;
import dev.atelier.engine.image.PictureSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;
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
        for (String content : List.of("\u00ff\u00d8", "words", "\u0000\u0001\u0002")) {
            assertThatThrownBy(() -> PictureReader.read(
                            content.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1), PictureLimits.DEFAULT))
                    .isInstanceOfSatisfying(
                            PictureException.class,
                            e -> assertThat(e.kind()).isEqualTo(PictureException.Kind.UNSUPPORTED))
                    .hasMessage("picture: the content is none of PNG, JPEG, WebP, BMP, TIFF, GIF");
        }
    }

    @Test
    void anotherPluginForTheSameFormatsIsNotAsked() {
        List<Samples.Sample> samples = Stream.of(
                        "rgb8.png", "baseline-444.jpg", "rgb24.bmp", "rgb-lzw.tif", "rgb-jpeg.tif")
                .map(Samples::named)
                .toList();
        // The expected pictures are decoded by whichever plug-in comes first, so before the other one is there.
        List<Picture> expected = samples.stream().map(Samples.Sample::picture).toList();
        IIORegistry registry = IIORegistry.getDefaultInstance();
        ImageReaderSpi other = new RefusingPlugin();
        registry.registerServiceProvider(other);
        try {
            for (int i = 0; i < samples.size(); i++) {
                Picture picture = PictureReader.read(samples.get(i).bytes(), PictureLimits.DEFAULT);
                assertThat(Samples.distance(picture, expected.get(i)))
                        .isLessThanOrEqualTo(samples.get(i).tolerance());
            }
        } finally {
            registry.deregisterServiceProvider(other);
        }
    }

    @Test
    void manyThreadsReadAtOnce() {
        Map<String, Integer> distances =
                Stream.of(Samples.all(), Samples.all(), Samples.all()).flatMap(List::stream).toList().parallelStream()
                        .collect(Collectors.toConcurrentMap(
                                Samples.Sample::name,
                                sample -> Samples.distance(
                                        PictureReader.read(sample.bytes(), PictureLimits.DEFAULT), sample.picture()),
                                Math::max));
        for (Samples.Sample sample : Samples.all()) {
            assertThat(distances.get(sample.name())).as(sample.name()).isLessThanOrEqualTo(sample.tolerance());
        }
    }

    /** Says that it reads everything, and fails when it is asked to. */
    private static final class RefusingPlugin extends ImageReaderSpi {
        RefusingPlugin() {
            super(
                    "test",
                    "1",
                    new String[] {"png", "jpeg", "JPEG", "bmp", "tiff"},
                    new String[] {"png"},
                    new String[] {"image/png", "image/jpeg", "image/bmp", "image/tiff"},
                    "test.Reader",
                    new Class<?>[] {ImageInputStream.class},
                    null,
                    false,
                    null,
                    null,
                    null,
                    null,
                    false,
                    null,
                    null,
                    null,
                    null);
        }

        @Override
        public boolean canDecodeInput(Object source) {
            return true;
        }

        @Override
        public ImageReader createReaderInstance(Object extension) {
            throw new IllegalStateException("another plug-in was asked");
        }

        @Override
        public String getDescription(Locale locale) {
            return "refuses";
        }
    }
}
