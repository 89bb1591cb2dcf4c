package dev.atelier.engine.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.atelier.engine.image.Picture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanvasTest {
    private static final NativeSizes SMALL = new NativeSizes(512, 512, 512, 0.3);
    private static final NativeSizes KLEIN = new NativeSizes(1024, 0, 1536, 0.35);

    @ParameterizedTest
    @CsvSource({
        "512, 512, 8, 8", "2048, 2048, 8, 8", "4096, 4096, 8, 8", "256, 256, 8, 8",
        "4096, 2304, 6, 11", "2304, 4096, 11, 6", "4096, 256, 2, 32", "256, 4096, 32, 2"
    })
    void aSmallModelDrawsEverySizeFromAbout64Tokens(int width, int height, int rows, int columns) {
        Canvas canvas = Canvas.of(width, height, SMALL, 64);

        assertThat(canvas.rows()).isEqualTo(rows);
        assertThat(canvas.columns()).isEqualTo(columns);
    }

    @Test
    void sizesWithinTheModelsRangeAreDrawnDirectlyAndCutToThePixel() {
        Canvas canvas = Canvas.of(1000, 700, KLEIN, 16);

        assertThat(canvas.columns()).isEqualTo(63);
        assertThat(canvas.rows()).isEqualTo(44);
        assertThat(canvas.scaled()).isFalse();
        assertThat(canvas.cover(plain(1008, 704))).hasToString("Picture[1000x700]");
        assertThat(KLEIN.refines(1000, 700)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"4096, 4096", "4096, 2304", "4096, 700", "3000, 1000", "1999, 3001"})
    void largerSizesComeFromABasePictureOfAboutTheirShape(int width, int height) {
        Canvas canvas = Canvas.of(width, height, KLEIN, 16);

        double shape = (double) canvas.baseWidth() / canvas.baseHeight();
        assertThat(shape * height / width).isCloseTo(1, within(0.05));
        assertThat((double) canvas.baseWidth() * canvas.baseHeight()).isBetween(0.75 * 1024 * 1024, 1.15 * 1024 * 1024);
        assertThat(canvas.scaled()).isTrue();
        assertThat(canvas.cover(plain(canvas.baseWidth(), canvas.baseHeight())))
                .hasToString("Picture[" + width + "x" + height + "]");
    }

    @Test
    void sizesOutOfBoundsAreNamedWithTheBound() {
        assertThatThrownBy(() -> Canvas.of(4112, 4096, KLEIN, 16)).hasMessageContaining("at most 16777216");
        assertThatThrownBy(() -> Canvas.of(1616, 100, KLEIN, 16)).hasMessageContaining("1/16 to 16");
        assertThatThrownBy(() -> Canvas.of(40, 400, SMALL, 64)).hasMessageContaining("side below 64");
    }

    private static Picture plain(int width, int height) {
        return new Picture(width, height, new byte[width * height * 3]);
    }
}
