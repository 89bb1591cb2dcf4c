package dev.atelier.mcp.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.atelier.mcp.FakeDrawing;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a language model is shown is small whatever was made. */
class PreviewTest {
    private static BufferedImage shown(List<byte[]> files) throws IOException {
        byte[] jpeg = Preview.of(
                files.stream().<Supplier<byte[]>>map(file -> () -> file).toList());
        assertThat(jpeg.length).isLessThanOrEqualTo(Preview.MOST_BYTES);
        return ImageIO.read(new ByteArrayInputStream(jpeg));
    }

    @ParameterizedTest
    @CsvSource({"1024,768,512,384", "300,900,171,512", "64,48,64,48", "2000,3,512,1"})
    void onePictureKeepsItsShapeAndIsNeverEnlarged(int width, int height, int shownWidth, int shownHeight)
            throws IOException {
        BufferedImage shown = shown(List.of(FakeDrawing.png(width, height, 1)));

        assertThat(shown.getWidth()).isEqualTo(shownWidth);
        assertThat(shown.getHeight()).isEqualTo(shownHeight);
    }

    @ParameterizedTest
    @CsvSource({"2,512,254", "4,512,512", "5,512,340", "15,512,512"})
    void severalAreOneSheetInReadingOrder(int count, int width, int height) throws IOException {
        List<byte[]> files = IntStream.range(0, count)
                .mapToObj(i -> FakeDrawing.png(300, 300, 0))
                .toList();
        BufferedImage sheet = shown(files);

        assertThat(sheet.getWidth()).isEqualTo(width);
        assertThat(sheet.getHeight()).isEqualTo(height);
        // The yellow stripe of the first picture.
        assertThat(sheet.getRGB(4, 40) & 0xff).isLessThan(60);
        assertThat(sheet.getRGB(4, 40) >> 16 & 0xff).isGreaterThan(200);
    }

    @Test
    void noiseIsPressedUntilItFits() throws IOException {
        BufferedImage noise = new BufferedImage(512, 512, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(7);
        noise.setRGB(0, 0, 512, 512, random.ints(512 * 512).toArray(), 0, 512);
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(noise, "png", png);

        assertThat(shown(Collections.nCopies(1, png.toByteArray())).getWidth()).isPositive();
    }

    @Test
    void whatIsNoPictureIsSaid() {
        assertThatIllegalArgumentException().isThrownBy(() -> Preview.of(List.of(() -> new byte[] {1, 2, 3})));
    }
}
