package dev.atelier.engine.image.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Formats that are not read are named, whatever the file is called. */
class ForeignFormatTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0000001866747970686569630000000068656963|HEIC",
                "0000001866747970686576630000000068657663|HEIC",
                "000000186674797068656978000000006d696631|HEIC",
                "000000186674797068656973000000006d736631|HEIC",
                "000000206674797061766966000000006176696600000000|AVIF",
                "0000001c667479706d696631000000006d69663161766966|AVIF",
                "0000001c667479706d696631000000006d69663168656963|HEIC",
                "00000018667479706d736631000000006d736631|HEIC",
                "000000206674797069736f6d0000020069736f6d69736f32|a video (MP4)",
                "00000018667479706d703432000000006d703432|a video (MP4)",
                "0000001466747970717420200000000071742020|a video (QuickTime)",
                "0000000866726565|",
                "00000018667479706372782000000001637278206973|a raw camera file",
                "0000000c4a584c200d0a870a|JPEG XL",
                "ff0afa1f|JPEG XL",
                "0000000c6a5020200d0a870a|JPEG 2000",
                "ff4fff51002f|JPEG 2000",
                "4949bc01|JPEG XR",
                "3842505300010000|PSD",
                "255044462d312e37|PDF",
                "2521505300|PostScript",
                "00000100010010100000|ICO",
                "762f310102000000|OpenEXR",
                "50360a3320320a|PNM",
                "716f696600000010|QOI",
                "46554a4946494c4d4343442d524157|a raw camera file",
                "4949524f08000000|a raw camera file",
                "49492a000800000043520200|a raw camera file",
                "1a45dfa3a3428681|a video (Matroska",
                "5249464600000000415649204c495354|a video (AVI)",
                "524946460000000057415645666d7420|sound",
                "49492b0008000000|BigTIFF",
                "504b030414000000|a ZIP archive",
                "1f8b0800|a compressed file"
            })
    void everyFormatIsKnownByItsFirstBytes(String hex, String name) {
        byte[] file = HexFormat.of().parseHex(hex);
        if (name == null) {
            assertRefused(file, "the content is none of PNG, JPEG, WebP, BMP, TIFF, GIF");
        } else {
            assertRefused(file, "picture: " + name, " is not supported; PNG, JPEG, WebP, BMP, TIFF, GIF are");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<svg xmlns='http://www.w3.org/2000/svg'/>|SVG",
                "\uFEFF<?xml version='1.0'?>\\n<!-- made by hand --><svg/>|SVG",
                "  <!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' ''>|SVG",
                "<?xml version='1.0'?><plist/>|XML",
                "<!DOCTYPE html><html>|a web page (HTML)",
                "<HTML><body>|a web page (HTML)",
                "{\"error\": \"not found\"}|JSON"
            })
    void textsAreToldApart(String text, String name) {
        assertRefused(
                text.replace("\\n", "\n").getBytes(StandardCharsets.UTF_8), "picture: " + name + " is not supported");
    }

    @Test
    void anEmptyFileAndAPointerAreSaidToBeSuch() {
        assertRefused(new byte[0], "picture: the file is empty");
        assertRefused(
                "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12\n"
                        .getBytes(StandardCharsets.US_ASCII),
                "Git LFS pointer",
                "git lfs pull");
    }

    @Test
    void rawFilesOfCamerasThatLookLikeTiffAreNotReadAsTheirPreview() {
        assertRefused(tiff(50_706, 0x0401), "a raw camera file is not supported");
        assertRefused(tiff(262, 32_803), "a raw camera file is not supported");
    }

    /** A TIFF directory of one field, little-endian. */
    private static byte[] tiff(int tag, int value) {
        return ByteBuffer.allocate(26)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {'I', 'I', 42, 0})
                .putInt(8)
                .putShort((short) 1)
                .putShort((short) tag)
                .putShort((short) 4)
                .putInt(1)
                .putInt(value)
                .putInt(0)
                .array();
    }

    private static void assertRefused(byte[] file, String... parts) {
        assertThatThrownBy(() -> PictureReader.read(file, PictureLimits.DEFAULT))
                .isInstanceOfSatisfying(
                        PictureException.class, e -> assertThat(e.kind()).isEqualTo(PictureException.Kind.UNSUPPORTED))
                .message()
                .contains(parts);
    }
}
