package dev.atelier.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.atelier.engine.image.Picture;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PictureDistanceTest {
    private static final int SIDE = 4;

    @Test
    void tenLevelsApartIsTwentyEightDecibels() {
        // 10 log10(255² / 10²)
        assertThat(PictureDistance.psnr(plain(100), plain(110))).isCloseTo(28.1308, within(1e-4));
    }

    @Test
    void identicalPicturesScoreTheMost() {
        assertThat(PictureDistance.psnr(plain(7), plain(7))).isEqualTo(PictureDistance.MOST);
    }

    @Test
    void whatTheMaskCoversDoesNotCount() {
        byte[] changed = plain(100).toBytes();
        byte[] mask = new byte[SIDE * SIDE];
        Arrays.fill(changed, 0, 3 * SIDE, (byte) 255);
        Arrays.fill(mask, 0, SIDE, (byte) 1);
        Picture other = new Picture(SIDE, SIDE, changed);

        assertThat(PictureDistance.psnrOutside(plain(100), other, mask)).isEqualTo(PictureDistance.MOST);
        assertThat(PictureDistance.psnrOutside(plain(110), other, mask)).isCloseTo(28.1308, within(1e-4));
        assertThat(PictureDistance.psnr(plain(100), other)).isLessThan(15);
        assertThat(PictureDistance.outside(mask)).isEqualTo(0.75);
    }

    @Test
    void picturesOfOtherSizesAndMasksOverEverythingAreErrors() {
        byte[] everything = new byte[SIDE * SIDE];
        Arrays.fill(everything, (byte) 1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> PictureDistance.psnrOutside(plain(1), plain(2), everything))
                .withMessageContaining("mask");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PictureDistance.psnr(plain(1), new Picture(1, 1, new byte[3])))
                .withMessageContaining("Picture[1x1]");
    }

    private static Picture plain(int level) {
        byte[] rgb = new byte[SIDE * SIDE * 3];
        Arrays.fill(rgb, (byte) level);
        return new Picture(SIDE, SIDE, rgb);
    }
}
