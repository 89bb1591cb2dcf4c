package dev.atelier.engine.image.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files made to exhaust memory or time. Each test would run out of the heap of the test run, or of patience, without its check. */
class PictureReaderLimitsTest {
    private static final PictureLimits SMALL = new PictureLimits(100_000, 1_000, 50);

    private static void refused(byte[] file, PictureLimits limits, PictureException.Kind kind, String message) {
        assertThatThrownBy(() -> PictureReader.read(file, limits))
                .isInstanceOfSatisfying(
                        PictureException.class, e -> assertThat(e.kind()).isEqualTo(kind))
                .hasMessage(message);
    }

    private static byte[] with(String sample, int at, ByteOrder order, int... values) {
        byte[] file = Samples.named(sample).bytes();
        ByteBuffer buffer = ByteBuffer.wrap(file).order(order);
        for (int i = 0; i < values.length; i++) {
            buffer.putInt(at + 4 * i, values[i]);
        }
        return file;
    }

    private static byte[] pngHeader(int width, int height) {
        byte[] header = ByteBuffer.allocate(13)
                .putInt(width)
                .putInt(height)
                .put((byte) 8)
                .put((byte) 2)
                .array();
        return PngChunks.chunk("IHDR", header);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    /** 64 MiB of zeros, packed to some 64 KiB. */
    private static byte[] packedZeros() {
        try (Deflater deflater = new Deflater(9)) {
            deflater.setInput(new byte[64 << 20]);
            deflater.finish();
            byte[] out = new byte[1 << 17];
            return Arrays.copyOf(out, deflater.deflate(out));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "rgb8.png,PNG",
        "baseline-444.jpg,JPEG",
        "lossless.webp,WebP",
        "rgb24.bmp,BMP",
        "rgb-lzw.tif,TIFF",
        "plain.gif,GIF"
    })
    void sizeIsHeldAgainstBothLimits(String sample, String label) {
        byte[] file = Samples.named(sample).bytes();
        refused(
                file,
                SMALL,
                PictureException.Kind.TOO_LARGE,
                label + ": 41x29 is 1189 pixels; at most 1000 are allowed");
        refused(
                file,
                new PictureLimits(100_000, 1_000_000, 40),
                PictureException.Kind.TOO_LARGE,
                label + ": 41x29 has a side of more than 40 pixels");
        assertThat(PictureReader.read(file, new PictureLimits(file.length, 1189, 41))
                        .width())
                .isEqualTo(41);
    }

    @Test
    void bytesAreCountedBeforeTheFileIsRead(@TempDir Path folder) throws IOException {
        refused(
                new byte[100_001],
                SMALL,
                PictureException.Kind.TOO_LARGE,
                "picture: the file has 100001 bytes; at most 100000 are allowed");
        Path sparse = folder.resolve("sparse");
        try (var channel = Files.newByteChannel(
                sparse, java.nio.file.StandardOpenOption.CREATE_NEW, java.nio.file.StandardOpenOption.WRITE)) {
            channel.position(1L << 33).write(ByteBuffer.allocate(1));
        }
        assertThatThrownBy(() -> PictureReader.read(sparse, PictureLimits.DEFAULT))
                .isInstanceOf(PictureException.class)
                .hasMessageContaining("8589934593 bytes");
    }

    @Test
    void headersOfHugePicturesAreRefusedWithoutDecoding() {
        PictureException.Kind tooLarge = PictureException.Kind.TOO_LARGE;
        byte[] png = join(
                PngChunks.SIGNATURE,
                pngHeader(100_000, 100_000),
                PngChunks.chunk("IDAT", packedZeros()),
                PngChunks.chunk("IEND", new byte[0]));
        String side = " has a side of more than 32768 pixels";
        refused(png, PictureLimits.DEFAULT, tooLarge, "PNG: 100000x100000" + side);
        byte[] bmp = with("run-length8.bmp", 18, ByteOrder.LITTLE_ENDIAN, 100_000, 100_000);
        refused(bmp, PictureLimits.DEFAULT, tooLarge, "BMP: 100000x100000" + side);
        byte[] gif = with("plain.gif", 6, ByteOrder.LITTLE_ENDIAN, 0x7fff_7fff);
        refused(
                gif,
                PictureLimits.DEFAULT,
                tooLarge,
                "GIF: 32767x32767 is 1073676289 pixels; at most 36000000 are allowed");
        byte[] jpeg = Samples.named("no-jfif.jpg").bytes();
        int frame = new JpegSegments(jpeg)
                .all().stream()
                        .filter(s -> s.marker() == 0xc0)
                        .findFirst()
                        .orElseThrow()
                        .payload();
        ByteBuffer.wrap(jpeg).putInt(frame + 1, 0xfff0_fff0);
        refused(jpeg, PictureLimits.DEFAULT, tooLarge, "JPEG: 65520x65520" + side);
        byte[] webp = with("lossless.webp", 21, ByteOrder.LITTLE_ENDIAN, 0x0fff_ffff);
        refused(
                webp,
                PictureLimits.DEFAULT,
                tooLarge,
                "WebP: 16384x16384 is 268435456 pixels; at most 36000000 are allowed");
    }

    @Test
    void packedProfilesAndTextsAreNotUnpacked() {
        byte[] plain = Samples.named("rgb8.png").bytes();
        byte[] zeros = packedZeros();
        byte[] profile = join("bomb\0\0".getBytes(StandardCharsets.ISO_8859_1), zeros);
        byte[] bomb = join(
                Arrays.copyOf(plain, 33),
                PngChunks.chunk("iCCP", profile),
                PngChunks.chunk("zTXt", profile),
                PngChunks.chunk(
                        "iTXt", join("XML:com.adobe.xmp\0\1\0\0\0".getBytes(StandardCharsets.ISO_8859_1), zeros)),
                Arrays.copyOfRange(plain, 33, plain.length));
        assertThat(PictureReader.read(bomb, PictureLimits.DEFAULT).toBytes())
                .isEqualTo(Samples.named("rgb8.png").picture().toBytes());
        assertThat(PictureMetadata.read(bomb)).isEmpty();
    }

    @Test
    void pixelsBeyondTheHeadersSizeAreNotUnpacked() {
        byte[] file = join(
                PngChunks.SIGNATURE,
                pngHeader(4, 4),
                PngChunks.chunk("IDAT", packedZeros()),
                PngChunks.chunk("IEND", new byte[0]));
        assertThat(PictureReader.read(file, PictureLimits.DEFAULT).toBytes()).isEqualTo(new byte[48]);
    }

    @Test
    void millionsOfEmptyPartsAreRefused() {
        byte[] chunks =
                join(PngChunks.SIGNATURE, pngHeader(4, 4), repeat(PngChunks.chunk("teXt", new byte[0]), 100_001));
        refused(chunks, PictureLimits.DEFAULT, PictureException.Kind.UNSUPPORTED, "PNG: more than 100000 chunks");
        byte[] segments = join(new byte[] {-1, (byte) 0xd8}, repeat(new byte[] {-1, (byte) 0xd0}, 10_001));
        refused(segments, PictureLimits.DEFAULT, PictureException.Kind.UNSUPPORTED, "JPEG: more than 10000 segments");
        byte[] jpeg = Samples.named("no-jfif.jpg").bytes();
        JpegSegments.Segment scan = new JpegSegments(jpeg)
                .all().stream().filter(s -> s.marker() == 0xda).findFirst().orElseThrow();
        byte[] scans = join(
                Arrays.copyOf(jpeg, scan.end()),
                repeat(Arrays.copyOfRange(jpeg, scan.start(), scan.end()), 40),
                new byte[] {-1, (byte) 0xd9});
        refused(scans, PictureLimits.DEFAULT, PictureException.Kind.UNSUPPORTED, "JPEG: 41 scans; at most 40 are read");
    }

    @Test
    void gifDataOfNothingButClearCodesEndQuickly() {
        byte[] file = Samples.named("two-colours.gif").bytes();
        int data = new String(file, StandardCharsets.ISO_8859_1).lastIndexOf(",") + 10;
        byte[] block = new byte[256];
        block[0] = (byte) 255;
        // Codes of 3 bits, all 4: clear.
        for (int i = 0; i < 255 * 8; i++) {
            block[1 + i / 8] |= (byte) ((i % 3 == 2 ? 1 : 0) << i % 8);
        }
        byte[] bomb = join(Arrays.copyOf(file, data), new byte[] {2}, repeat(block, 40_000), new byte[2]);
        refused(bomb, PictureLimits.DEFAULT, PictureException.Kind.BROKEN, "GIF: the pixel data end too early");
    }

    @Test
    void tiffDirectoriesThatPromiseAbsurdStripsAreRefused() {
        TiffMaker maker = new TiffMaker();
        refused(
                maker.with(278, 1).with(257, 30_000).file(),
                PictureLimits.DEFAULT,
                PictureException.Kind.BROKEN,
                "TIFF: 30000 strips expected, 1 offsets and 1 lengths found");
        refused(
                maker.with(279, Integer.MAX_VALUE).file(),
                PictureLimits.DEFAULT,
                PictureException.Kind.BROKEN,
                "TIFF: the strips reach beyond the end of the file");
        refused(
                maker.with(256, -1).with(257, -1).file(),
                PictureLimits.DEFAULT,
                PictureException.Kind.BROKEN,
                "TIFF: 4294967295x4294967295 is no size");
        refused(
                maker.with(322, 1 << 20)
                        .with(323, 1 << 20)
                        .with(324, 8)
                        .with(325, 8)
                        .file(),
                PictureLimits.DEFAULT,
                PictureException.Kind.BROKEN,
                "TIFF: tiles of 1048576x1048576 pixels; at most 16777216 pixels are read");
        refused(
                maker.with(257, 3_000).with(278, 3_000).file(),
                PictureLimits.DEFAULT,
                PictureException.Kind.BROKEN,
                "TIFF: 4x3000 needs 12000 bytes of pixels, the file has 16");
        refused(
                maker.with(277, 200).file(),
                PictureLimits.DEFAULT,
                PictureException.Kind.UNSUPPORTED,
                "TIFF: 200 samples a pixel; 1 to 6 are read");
    }

    @Test
    void lzwDataOfNothingButClearCodesAreRefused() {
        byte[] clears = new byte[9_000];
        for (int i = 0; i < clears.length * 8; i += 9) {
            clears[i / 8] |= (byte) (0x80 >> i % 8);
        }
        byte[] file = new TiffMaker()
                .with(256, 100)
                .with(257, 100)
                .with(278, 100)
                .with(259, 5)
                .file(clears);
        refused(
                file,
                PictureLimits.DEFAULT,
                PictureException.Kind.BROKEN,
                "TIFF: the LZW data start their table anew at every few codes");
    }

    @Test
    void runLengthsThatNeverEndARowEndWithTheirData() {
        byte[] bmp = Samples.named("run-length8.bmp").bytes();
        int pixels = ByteBuffer.wrap(bmp).order(ByteOrder.LITTLE_ENDIAN).getInt(10);
        byte[] rows = join(Arrays.copyOf(bmp, pixels), new byte[2_000_000]);
        refused(rows, PictureLimits.DEFAULT, PictureException.Kind.BROKEN, "BMP: run lengths go on after the last row");
        byte[] runs = join(Arrays.copyOf(bmp, pixels), repeat(new byte[] {-1, 7}, 1_000_000));
        refused(
                runs,
                PictureLimits.DEFAULT,
                PictureException.Kind.BROKEN,
                "BMP: the run lengths end before the picture does");
    }

    private static byte[] repeat(byte[] part, int times) {
        byte[] out = new byte[part.length * times];
        for (int i = 0; i < times; i++) {
            System.arraycopy(part, 0, out, i * part.length, part.length);
        }
        return out;
    }
}
