package dev.atelier.server.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.engine.image.Picture;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RetouchTest {
    private static final Picture MADE = plain(4, 2, 200);

    @Test
    void takesTheNewPictureWhereTheMaskIsWhiteAndMixesWhereItIsGrey() {
        byte[] mask = new byte[4 * 2 * 3];
        Arrays.fill(mask, 0, 3, (byte) 255);
        Arrays.fill(mask, 3, 6, (byte) 51);

        Picture mixed =
                Retouch.within(new Picture(4, 2, mask), plain(4, 2, 100)).apply(MADE);

        assertThat(mixed.channel(0, 0, 0)).isEqualTo(200);
        assertThat(mixed.channel(1, 0, 1)).isEqualTo(120);
        assertThat(mixed.channel(2, 0, 2)).isEqualTo(100);
        assertThat(mixed.channel(3, 1, 0)).isEqualTo(100);
    }

    @Test
    void bringsOriginalAndMaskToTheSizeOfWhatWasMade() {
        Picture mixed = Retouch.within(plain(16, 8, 0), plain(8, 8, 100)).apply(MADE);

        assertThat(mixed).hasToString("Picture[4x2]");
        assertThat(mixed.channel(3, 1, 2)).isEqualTo(100);
    }

    @Test
    void leavesPicturesAloneWithoutAMask() {
        assertThat(Retouch.NONE.apply(MADE)).isSameAs(MADE);
    }

    private static Picture plain(int width, int height, int value) {
        byte[] bytes = new byte[3 * width * height];
        Arrays.fill(bytes, (byte) value);
        return new Picture(width, height, bytes);
    }
}
