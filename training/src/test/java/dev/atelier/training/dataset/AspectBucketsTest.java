package dev.atelier.training.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.atelier.engine.image.Picture;
import dev.atelier.engine.image.PictureSize;
import java.awt.Color;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

class AspectBucketsTest {
    @Test
    void bucketsHaveNoMorePixelsThanTheSquareAndSidesInMultiples() {
        AspectBuckets buckets = AspectBuckets.of(512, 64);

        assertThat(buckets.sizes())
                .contains(new PictureSize(512, 512), new PictureSize(640, 384), new PictureSize(384, 640))
                .allSatisfy(size -> {
                    assertThat(size.pixels()).isBetween(512L * 512 * 6 / 10, 512L * 512);
                    assertThat(size.width() % 64).isZero();
                    assertThat(size.height() % 64).isZero();
                    assertThat((double) size.width() / size.height()).isBetween(1 / 3.0, 3.0);
                });
    }

    @Test
    void aPictureGoesToTheBucketOfItsShape() {
        AspectBuckets buckets = AspectBuckets.of(512, 64);

        assertThat(buckets.nearest(new PictureSize(3000, 3000))).isEqualTo(new PictureSize(512, 512));
        assertThat(buckets.nearest(new PictureSize(1600, 1000))).isEqualTo(new PictureSize(640, 384));
        assertThat(buckets.nearest(new PictureSize(100, 160))).isEqualTo(new PictureSize(384, 640));
        assertThat(buckets.nearest(new PictureSize(9000, 100))).isEqualTo(new PictureSize(768, 320));
    }

    @Test
    void aResolutionBelowOneTokenIsRefusedWithItsBound() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AspectBuckets.of(32, 64))
                .withMessage("resolution: 32 is not in 64 to 2048");
    }

    @Test
    void cropsCoverTheBucketAndShowTheirPartOfThePicture() throws SkippedException {
        Picture halves = halves();

        Picture left = new Crop(0, 0).cover(halves, new PictureSize(32, 32));
        Picture right = new Crop(1, 0).cover(halves, new PictureSize(32, 32));
        Picture middle = Crop.CENTER.cover(halves, new PictureSize(32, 32));

        assertThat(left.width()).isEqualTo(32);
        assertThat(left.height()).isEqualTo(32);
        assertThat(left.channel(30, 16, 0)).isGreaterThan(240);
        assertThat(right.channel(1, 16, 0)).isLessThan(15);
        assertThat(middle.channel(2, 16, 0)).isGreaterThan(240);
        assertThat(middle.channel(29, 16, 0)).isLessThan(15);
    }

    @Test
    void theFirstCropIsTheMiddleAndTheOthersFollowFromTheSeed() {
        assertThat(Crop.of(0, 7)).isEqualTo(Crop.CENTER);
        assertThat(Crop.of(1, 7))
                .isEqualTo(Crop.of(1, 7))
                .isNotEqualTo(Crop.of(2, 7))
                .isNotEqualTo(Crop.of(1, 8));
    }

    @Test
    void aPictureOfLessThanHalfTheSizeIsTooSmall() {
        assertThatExceptionOfType(SkippedException.class)
                .isThrownBy(() -> Crop.CENTER.cover(PictureFiles.plain(Color.RED, 30, 64), new PictureSize(64, 64)))
                .withMessage("30x64; at least half of 64x64 is expected")
                .extracting(SkippedException::reason)
                .isEqualTo(SkipReason.TOO_SMALL);
    }

    /** Left half red, right half black; 128x64. */
    private static Picture halves() {
        BufferedImage image = new BufferedImage(128, 64, BufferedImage.TYPE_INT_RGB);
        var graphics = image.createGraphics();
        graphics.setColor(Color.RED);
        graphics.fillRect(0, 0, 64, 64);
        graphics.dispose();
        return Picture.of(image);
    }
}
