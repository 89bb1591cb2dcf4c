package dev.atelier.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PictureDifferenceTest {
    static BufferedImage plain(int width, int height, int rgb) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(new Color(rgb));
        graphics.fillRect(0, 0, width, height);
        graphics.dispose();
        return image;
    }

    private static BufferedImage noise(int seed, int low, int high) {
        Random random = new Random(seed);
        BufferedImage image = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 64 * 48; i++) {
            int grey = random.nextInt(low, high);
            image.setRGB(i % 64, i / 64, grey << 16 | grey << 8 | grey);
        }
        return image;
    }

    /** Pairs 1, 2, 7, 10, 11, 13, 16, 17, 18, 25 and 34 of Sharma, Wu and Dalal's table 1, in both directions. */
    @ParameterizedTest
    @CsvSource({
        "50, 2.6772, -79.7751, 50, 0, -82.7485, 2.0425",
        "50, 3.1571, -77.2803, 50, 0, -82.7485, 2.8615",
        "50, 0, 0, 50, -1, 2, 2.3669",
        "50, 2.4900, -0.0010, 50, -2.4900, 0.0010, 7.1792",
        "50, 2.4900, -0.0010, 50, -2.4900, 0.0011, 7.2195",
        "50, -0.0010, 2.4900, 50, 0.0009, -2.4900, 4.8045",
        "50, 2.5, 0, 50, 0, -2.5, 4.3065",
        "50, 2.5, 0, 73, 25, -18, 27.1492",
        "50, 2.5, 0, 61, -5, 29, 22.8977",
        "60.2574, -34.0099, 36.2677, 60.4626, -34.1751, 39.4387, 1.2644",
        "2.0776, 0.0795, -1.1350, 0.9033, -0.0636, -0.5514, 0.9082"
    })
    void ciede2000IsThatOfThePublishedTable(
            double l1, double a1, double b1, double l2, double a2, double b2, double expected) {
        double[] first = {l1, a1, b1};
        double[] second = {l2, a2, b2};
        assertThat(Ciede2000.difference(first, second)).isCloseTo(expected, within(5e-5));
        assertThat(Ciede2000.difference(second, first)).isCloseTo(expected, within(5e-5));
    }

    /** The colours of the standard: white, mid grey and pure red of sRGB under D65. */
    @ParameterizedTest
    @CsvSource({"ffffff, 100, 0, 0", "000000, 0, 0, 0", "777777, 50.03, 0, 0", "ff0000, 53.24, 80.09, 67.20"})
    void labIsThatOfSrgb(String rgb, double l, double a, double b) {
        assertThat(Colours.lab(Integer.parseInt(rgb, 16))).containsExactly(new double[] {l, a, b}, within(0.02));
    }

    @Test
    void identicalPicturesAreIdentical() {
        PictureDifference difference = PictureDifference.between(noise(1, 0, 256), noise(1, 0, 256));
        assertThat(difference.ssim()).isCloseTo(1, within(1e-12));
        assertThat(difference.deltaE()).isZero();
    }

    /** Without structure the measure is (2ab + C1) / (a² + b² + C1), C1 = 6.5025. */
    @Test
    void ssimOfPlainPicturesIsTheLuminanceTerm() {
        PictureDifference difference = PictureDifference.between(plain(20, 20, 0x646464), plain(20, 20, 0x787878));
        assertThat(difference.ssim()).isCloseTo(24006.5025 / 24406.5025, within(1e-9));
    }

    /** Of the same contrast and independent: near nothing in common. Inverted: the opposite. */
    @Test
    void ssimSeesStructure() {
        assertThat(PictureDifference.between(noise(1, 0, 256), noise(2, 0, 256)).ssim())
                .isBetween(-0.1, 0.1);
        BufferedImage picture = noise(1, 0, 256);
        BufferedImage inverted = noise(1, 0, 256);
        for (int i = 0; i < 64 * 48; i++) {
            inverted.setRGB(i % 64, i / 64, ~picture.getRGB(i % 64, i / 64));
        }
        assertThat(PictureDifference.between(picture, inverted).ssim()).isLessThan(-0.8);
    }

    /** Two colours of the same luma: blind for structure, not for colour. */
    @Test
    void colourIsSeenWhereStructureIsNot() {
        BufferedImage red = plain(64, 64, 0xb04040);
        BufferedImage green = plain(64, 64, 0x40784f);
        PictureDifference difference = PictureDifference.between(red, green);
        assertThat(difference.ssim()).isGreaterThan(0.99);
        assertThat(difference.deltaE()).isGreaterThan(40);
    }

    @Test
    void aSmallAreaIsFoundWithItsPlace() {
        BufferedImage before = plain(512, 512, 0x808080);
        BufferedImage after = plain(512, 512, 0x808080);
        for (int i = 0; i < 256; i++) {
            after.setRGB(320 + i % 16, 96 + i / 16, 0xff8080);
        }
        PictureDifference difference = PictureDifference.between(before, after);
        assertThat(difference.ssim()).isGreaterThan(0.99);
        assertThat(difference.deltaE()).isGreaterThan(20);
        assertThat(difference.x()).isEqualTo(328);
        assertThat(difference.y()).isEqualTo(104);
    }

    @Test
    void whatCannotBeComparedIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PictureDifference.between(plain(20, 20, 0), plain(20, 21, 0)))
                .withMessage("pictures: 20x20 and 20x21 have different sizes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PictureDifference.between(plain(10, 20, 0), plain(10, 20, 0)))
                .withMessage("picture: 10x20 is too small; at least 11x11 pixels are needed");
    }

    @Test
    void transparentPixelsAreOverWhite() {
        BufferedImage transparent = new BufferedImage(16, 16, BufferedImage.TYPE_INT_ARGB);
        assertThat(PictureDifference.between(transparent, plain(16, 16, 0xffffff))
                        .deltaE())
                .isZero();
    }
}
