package dev.atelier.engine.image.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.engine.image.Picture;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a JPEG file says about its colours, in every combination that cameras and programs write. */
class JpegColoursTest {
    private static final int APP0 = 0xe0;
    private static final int APP14 = 0xee;

    @Test
    void inksWithoutAdobesSegmentAreInvertedOnesAsBrowsersTakeThem() {
        Picture picture = read(Samples.resource("quadrants-cmyk.jpg"));

        // Pillow 12.3 reads the inks (35, 225, 225, 0), (225, 55, 225, 0), (225, 225, 35, 0), (25, 35, 215, 0).
        assertPixel(picture, 64, 64, 220, 30, 30);
        assertPixel(picture, 192, 64, 30, 200, 30);
        assertPixel(picture, 64, 192, 30, 30, 220);
        assertPixel(picture, 192, 192, 230, 220, 40);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cmyk.jpg", "cmyk-progressive.jpg", "cmyk-profile.jpg"})
    void theSegmentMakesNoDifferenceToInks(String name) {
        Samples.Sample sample = Samples.named(name);
        assertSame(sample, without(sample.bytes(), APP14));
        assertSame(sample, with(without(sample.bytes(), APP14), adobe(0)));
    }

    @Test
    void everyTransformButNoneTurnsInksIntoLumaAndChroma() {
        Samples.Sample sample = Samples.named("ycck.jpg");
        for (int transform : new int[] {1, 2}) {
            assertSame(sample, with(without(sample.bytes(), APP14), adobe(transform)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"baseline-444.jpg", "baseline-420.jpg", "progressive.jpg"})
    void lumaAndChromaAreToldByJfifThenByAdobeThenByDefault(String name) {
        Samples.Sample sample = Samples.named(name);
        byte[] bare = without(sample.bytes(), APP0);
        assertSame(sample, bare);
        assertSame(sample, with(bare, adobe(1)));
        assertSame(sample, with(bare, adobe(2)));
        assertSame(sample, with(sample.bytes(), adobe(0)));
    }

    @Test
    void redGreenAndBlueAreToldByAdobeOrByTheirNames() {
        Samples.Sample sample = Samples.named("rgb-components.jpg");
        byte[] bare = without(without(sample.bytes(), APP0), APP14);
        assertSame(sample, named(bare, 'R', 'G', 'B'));
        assertSame(sample, with(named(bare, 'R', 'G', 'B'), adobe(0)));
        assertSame(sample, with(named(bare, 1, 2, 3), adobe(0)));
    }

    @ParameterizedTest
    @CsvSource({
        "0xc1, 12, 12 bits a sample",
        "0xc0, 12, 12 bits a sample",
        "0xc9, 8, JPEG: arithmetic coding",
        "0xca, 8, JPEG: arithmetic coding",
        "0xc3, 8, JPEG: lossless coding",
        "0xcb, 8, JPEG: arithmetic lossless coding",
        "0xc5, 8, JPEG: hierarchical coding",
        "0xcd, 8, JPEG: arithmetic hierarchical coding"
    })
    void otherProcessesAreRefusedByTheirName(String marker, int bits, String message) {
        byte[] file = Samples.named("baseline-444.jpg").bytes();
        int frame = find(file, 0xc0);
        file[frame + 1] = (byte) Integer.decode(marker).intValue();
        file[frame + 4] = (byte) bits;

        assertThatThrownBy(() -> read(file))
                .isInstanceOfSatisfying(
                        PictureException.class, e -> assertThat(e.kind()).isEqualTo(PictureException.Kind.UNSUPPORTED))
                .hasMessageContaining(message);
    }

    private static Picture read(byte[] file) {
        return PictureReader.read(file, PictureLimits.DEFAULT);
    }

    private static void assertSame(Samples.Sample sample, byte[] file) {
        assertThat(Samples.distance(read(file), sample.picture())).isLessThanOrEqualTo(sample.tolerance());
    }

    private static void assertPixel(Picture picture, int x, int y, int red, int green, int blue) {
        int[] wanted = {red, green, blue};
        for (int c = 0; c < 3; c++) {
            assertThat(picture.channel(x, y, c)).isBetween(wanted[c] - 3, wanted[c] + 3);
        }
    }

    /** The place of the first segment with {@code marker}; the length of the file when there is none. */
    private static int find(byte[] file, int marker) {
        int at = 2;
        while (at < file.length && (file[at + 1] & 0xff) != marker && (file[at + 1] & 0xff) != 0xda) {
            at += 2 + length(file, at);
        }
        return (file[at + 1] & 0xff) == marker ? at : file.length;
    }

    private static int length(byte[] file, int segment) {
        return (file[segment + 2] & 0xff) << 8 | file[segment + 3] & 0xff;
    }

    private static byte[] without(byte[] file, int marker) {
        int at = find(file, marker);
        if (at == file.length) {
            return file;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(file, 0, at);
        int end = at + 2 + length(file, at);
        out.write(file, end, file.length - end);
        return without(out.toByteArray(), marker);
    }

    private static byte[] with(byte[] file, byte[] segment) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(file, 0, 2);
        out.writeBytes(segment);
        out.write(file, 2, file.length - 2);
        return out.toByteArray();
    }

    /** Adobe's segment: name, version 100, two flags of 16 bits, the transform. */
    private static byte[] adobe(int transform) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0xff, (byte) APP14, 0, 14});
        out.writeBytes("Adobe".getBytes(StandardCharsets.ISO_8859_1));
        out.writeBytes(new byte[] {0, 100, 0, 0, 0, 0, (byte) transform});
        return out.toByteArray();
    }

    /** Renames the three components in the frame and in every scan. */
    private static byte[] named(byte[] file, int... names) {
        byte[] out = file.clone();
        int frame = find(out, 0xc0);
        byte[] before = {out[frame + 10], out[frame + 13], out[frame + 16]};
        for (int c = 0; c < 3; c++) {
            out[frame + 10 + 3 * c] = (byte) names[c];
        }
        int scan = find(out, 0xda);
        for (int c = 0; c < 3; c++) {
            assertThat(out[scan + 5 + 2 * c]).isEqualTo(before[c]);
            out[scan + 5 + 2 * c] = (byte) names[c];
        }
        return out;
    }
}
