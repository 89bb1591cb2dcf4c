package dev.atelier.engine.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.engine.image.codec.PictureLimits;
import dev.atelier.engine.image.codec.PictureReader;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PictureMaskTest {
    @Test
    void outsideEveryByteIsKeptAndInsideTheEdgeIsSoft() {
        Picture right = halves(512, 512, 256);
        Picture mixed = PictureMask.of(right, 512, 512).composite(plain(512, 512, 220), plain(512, 512, 20));

        assertThat(mixed.channel(255, 100, 0)).isEqualTo(20);
        assertThat(mixed.channel(256, 100, 0)).isStrictlyBetween(20, 220);
        assertThat(mixed.channel(257, 100, 0)).isGreaterThan(mixed.channel(256, 100, 0));
        assertThat(mixed.channel(300, 100, 0)).isEqualTo(220);
        assertThat(mixed.channel(511, 511, 2)).isEqualTo(220);
    }

    @Test
    void greyMixesByItsLevel() {
        PictureMask grey = PictureMask.of(plain(4, 4, 51), 4, 4);

        assertThat(grey.composite(plain(4, 4, 200), plain(4, 4, 100)).channel(1, 1, 1))
                .isEqualTo(120);
    }

    @Test
    void aSmallMaskIsStretchedWithoutLeakingIntoTheBlack() {
        PictureMask mask = PictureMask.of(halves(8, 8, 4), 101, 77);

        for (int x = 0; x < 101; x++) {
            assertThat(mask.level(x, 40)).isEqualTo(x < 50 ? 0 : 255);
        }
    }

    @Test
    void aFileWithTransparencyIsWhiteThereAndAnyOtherAsItLooks() throws IOException {
        BufferedImage hole = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
        hole.setRGB(0, 0, 0xffc0c0c0);
        BufferedImage plain = new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB);
        plain.setRGB(0, 0, 0xc0c0c0);

        Picture fromHole = PictureReader.readMask(png(hole), PictureLimits.DEFAULT);
        Picture fromPlain = PictureReader.readMask(png(plain), PictureLimits.DEFAULT);

        assertThat(fromHole.toBytes()).containsExactly(0, 0, 0, 255, 255, 255);
        assertThat(fromPlain.toBytes()).containsExactly(0xc0, 0xc0, 0xc0, 0, 0, 0);
    }

    private static byte[] png(BufferedImage image) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return out.toByteArray();
    }

    @Test
    void aBlockIsFreeWhenOneOfItsPixelsIs() {
        byte[] rgb = new byte[20 * 20 * 3];
        Arrays.fill(rgb, (19 * 20 + 3) * 3, (19 * 20 + 4) * 3, (byte) 255);

        float[] blocks = PictureMask.of(new Picture(20, 20, rgb), 20, 20).blocks(8);

        assertThat(blocks).containsExactly(0, 0, 0, 0, 0, 0, 1, 0, 0);
    }

    @Test
    void outpaintingKeepsThePictureAndFreesTheMargins() {
        Margins margins = Margins.parse("3, 0,2,1");
        Picture source = new Picture(2, 1, new byte[] {1, 2, 3, 4, 5, 6});

        Picture canvas = margins.extend(source);
        Picture mask = margins.mask(source);

        assertThat(canvas).hasToString("Picture[7x2]");
        assertThat(canvas.channel(3, 0, 2)).isEqualTo(3);
        assertThat(canvas.channel(0, 1, 0)).isEqualTo(1);
        assertThat(canvas.channel(6, 1, 1)).isEqualTo(5);
        assertThat(mask.channel(3, 0, 0)).isZero();
        assertThat(mask.channel(4, 0, 0)).isZero();
        assertThat(mask.channel(5, 0, 0)).isEqualTo(255);
        assertThat(mask.channel(3, 1, 0)).isEqualTo(255);
    }

    @Test
    void wrongMarginsNameTheirBound() {
        assertThatThrownBy(() -> Margins.parse("1,2,3")).hasMessageContaining("LEFT,TOP,RIGHT,BOTTOM");
        assertThatThrownBy(() -> Margins.parse("1,2,3,5000")).hasMessage("outpaint: 5000 is not in 0 to 4096");
        assertThatThrownBy(() -> Margins.parse("0,0,0,0")).hasMessageContaining("at least 1 is needed");
        assertThatThrownBy(() -> new Margins(4096, 0, 0, 0).extend(plain(10, 4095, 0)))
                .hasMessageContaining("4106x4095")
                .hasMessageContaining("16777216");
    }

    /** Black up to column {@code from}, white from there on. */
    private static Picture halves(int width, int height, int from) {
        byte[] rgb = new byte[width * height * 3];
        for (int y = 0; y < height; y++) {
            Arrays.fill(rgb, (y * width + from) * 3, (y + 1) * width * 3, (byte) 255);
        }
        return new Picture(width, height, rgb);
    }

    private static Picture plain(int width, int height, int value) {
        byte[] rgb = new byte[width * height * 3];
        Arrays.fill(rgb, (byte) value);
        return new Picture(width, height, rgb);
    }
}
