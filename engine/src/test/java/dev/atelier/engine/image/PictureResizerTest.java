package dev.atelier.engine.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PictureResizerTest {
    private static Picture resource(String name) throws IOException {
        try (var in = PictureResizerTest.class.getResourceAsStream("/pictures/resize/" + name + ".png")) {
            return Picture.of(ImageIO.read(in));
        }
    }

    @ParameterizedTest
    @CsvSource({"83,20", "31,47", "40,23", "17,9", "1,1", "200,100", "90,11", "84,48"})
    void resizingGivesPillowsBytes(int width, int height) throws IOException {
        Picture expected = resource("lanczos-" + width + "x" + height);
        Picture resized = PictureResizer.resize(resource("source"), width, height);
        assertThat(PictureSize.of(resized)).isEqualTo(new PictureSize(width, height));
        assertThat(resized.toBytes()).isEqualTo(expected.toBytes());
    }

    @Test
    void theSameSizeIsTheSamePicture() throws IOException {
        Picture source = resource("source");
        assertThat(PictureResizer.resize(source, 83, 47)).isSameAs(source);
    }

    @Test
    void cropTakesTheRectangleAndRefusesToReachBeyond() throws IOException {
        Picture source = resource("source");
        Picture part = PictureResizer.crop(source, 80, 40, 3, 7);
        for (int y = 0; y < 7; y++) {
            for (int x = 0; x < 3; x++) {
                for (int c = 0; c < 3; c++) {
                    assertThat(part.channel(x, y, c)).isEqualTo(source.channel(80 + x, 40 + y, c));
                }
            }
        }
        assertThatThrownBy(() -> PictureResizer.crop(source, 80, 40, 4, 7))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("crop: 4x7 at 80,40 reaches beyond the picture of 83x47");
        assertThatThrownBy(() -> PictureResizer.crop(source, -1, 0, 4, 7)).hasMessageContaining("at -1,0");
        assertThatThrownBy(() -> PictureResizer.centerCrop(source, 83, 48)).hasMessageContaining("83x48");
    }

    @Test
    void centerCropCutsTheOddPixelAtTheRightAndTheBottom() throws IOException {
        Picture source = resource("source");
        Picture middle = PictureResizer.centerCrop(source, 80, 32);
        assertThat(middle.channel(0, 0, 1)).isEqualTo(source.channel(1, 7, 1));
        assertThat(middle.toBytes())
                .isEqualTo(PictureResizer.crop(source, 1, 7, 80, 32).toBytes());
    }

    @ParameterizedTest
    @CsvSource({
        // int(side * sqrt(area / (width * height))) in Python
        "4000,3000,1048576,1182,886",
        "1920,1080,1048576,1365,768",
        "1024,1024,1048576,1024,1024",
        "1025,1024,1048576,1024,1023",
        "333,777,1048576,333,777",
        "100000,1,1000,1000,1",
        "3,5000,100,1,100",
    })
    void areasAreFittedAsDiffusersDoes(int width, int height, long maxPixels, int fittedWidth, int fittedHeight) {
        assertThat(new PictureSize(width, height).fitArea(maxPixels))
                .isEqualTo(new PictureSize(fittedWidth, fittedHeight));
    }

    @Test
    void sidesAreRoundedDownToMultiplesButNotToNothing() {
        assertThat(new PictureSize(1182, 886).roundDown(16)).isEqualTo(new PictureSize(1168, 880));
        assertThat(new PictureSize(15, 32).roundDown(16)).isEqualTo(new PictureSize(16, 32));
    }

    @Test
    void aReferenceIsShrunkOnlyWhenTooLargeAndThenCutFromTheMiddle() throws IOException {
        Picture source = resource("source");
        assertThat(PictureResizer.toReference(source, 1 << 20, 16).toBytes())
                .isEqualTo(PictureResizer.crop(source, 1, 7, 80, 32).toBytes());
        // sqrt(1000 / 3901) * (83, 47) = (42.02, 23.8)
        assertThat(PictureResizer.toReference(source, 1000, 8).toBytes())
                .isEqualTo(PictureResizer.crop(PictureResizer.resize(source, 42, 23), 1, 3, 40, 16)
                        .toBytes());
        assertThatThrownBy(() -> PictureResizer.toReference(source, 1000, 32))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("reference: 83x47 (42x23 at no more than 1000 pixels) has a side below 32");
    }
}
