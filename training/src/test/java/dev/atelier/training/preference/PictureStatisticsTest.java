package dev.atelier.training.preference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.atelier.engine.image.Picture;
import dev.atelier.training.dataset.PictureFiles;
import java.awt.Color;
import java.util.List;
import org.junit.jupiter.api.Test;

class PictureStatisticsTest {
    @Test
    void blankPicturesOfOneColourHaveNothing() {
        Picture grey = PictureFiles.plain(Color.GRAY, 8, 8);

        assertThat(PictureStatistics.of(List.of(List.of(grey, grey)))).isEqualTo(new PictureStatistics(0, 0, 0));
    }

    /** Black on the left, white on the right: one column of 8 has an edge beside it, but for the last row, which has none below. */
    @Test
    void valuesOfAPictureOfTwoHalves() {
        byte[] rgb = new byte[8 * 8 * 3];
        for (int y = 0; y < 8; y++) {
            for (int i = (y * 8 + 4) * 3; i < (y + 1) * 24; i++) {
                rgb[i] = (byte) 255;
            }
        }
        Picture halves = new Picture(8, 8, rgb);
        Picture black = PictureFiles.plain(Color.BLACK, 8, 8);

        PictureStatistics statistics = PictureStatistics.of(List.of(List.of(halves, halves)));

        assertThat(statistics.edges()).isEqualTo(7 / 64.0, within(1e-9));
        assertThat(statistics.colours()).isEqualTo(1, within(1e-9));
        assertThat(PictureStatistics.of(List.of(List.of(halves, black))).diversity())
                .isEqualTo(0.5, within(1e-9));
    }

    @Test
    void whatChangesTooMuchIsNamedWithItsValues() {
        PictureStatistics start = new PictureStatistics(0.2, 3, 0.1);

        assertThat(new PictureStatistics(0.22, 2.8, 0.09).leaves(start, 0.15)).isEmpty();
        assertThat(new PictureStatistics(0.08, 3, 0.1).leaves(start, 0.3))
                .hasValue("edge density went from 0.200 to 0.080, by more than 30 %");
        assertThat(new PictureStatistics(0.3, 3, 0.1).leaves(start, 0.3)).isPresent();
        assertThat(new PictureStatistics(0.2, 1.4, 0.1).leaves(start, 0.3).orElseThrow())
                .startsWith("colour entropy");
        assertThat(new PictureStatistics(0.2, 3, 0.01).leaves(start, 0.3).orElseThrow())
                .startsWith("diversity");
    }
}
