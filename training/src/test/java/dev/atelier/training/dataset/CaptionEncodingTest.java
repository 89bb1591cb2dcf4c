package dev.atelier.training.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts in other encodings are converted when the encoding is sure, and left out with the reason when it is not. */
class CaptionEncodingTest {
    private static final String NOT_SURE = "no UTF-8, and not surely UTF-16, GB18030 or Windows-1252; save it as UTF-8";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a red square on white",
                "une fleur à côté d'un café, près de Liège",
                "一只红色的猫在草地上",
                "ein Mädchen: 3 × 4 – “größer”",
                "赤い四角とカタカナ",
                "빨간 사각형",
                "красный квадрат",
                "a 猫 and 🐈"
            })
    void aMarkDecides(String text) {
        for (String charset : List.of("UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE")) {
            byte[] marked = ("\uFEFF" + text).getBytes(Charset.forName(charset));
            assertThat(TextEncoding.decode(marked)).as(charset).contains(text);
        }
        assertThat(TextEncoding.decode(text.getBytes(StandardCharsets.UTF_8))).contains(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UTF-16LE|a red square",
                "UTF-16BE|a red square",
                "UTF-16LE|une fleur à côté d'un café",
                "UTF-16BE|une fleur à côté d'un café",
                "UTF-16LE|a red 方块 on white",
                "UTF-16BE|a red 方块 on white",
                "UTF-16LE|一只红色的猫，在草地上",
                "UTF-16BE|一个女孩站在海边，夕阳西下",
                "windows-1252|une fleur à côté d'un café",
                "windows-1252|café",
                "windows-1252|Ein Mädchen mit blauem Kleid, größer",
                "windows-1252|el niño señala: «¡mira!»",
                "windows-1252|“quoted” caption – it’s a cat…",
                "ISO-8859-1|Ärger über Öl, 20 °C",
                "ISO-8859-1|a naïve drawing, déjà vu",
                "GB18030|一只红色的猫在草地上",
                "GB18030|红色方块",
                "GB18030|山水画",
                "GB18030|一个女孩站在海边，夕阳西下，8k 高清",
                "GB18030|蓝色的花瓶，白色背景，“静物”",
                "GBK|朱镕的照片，黑白色",
                "GB18030|photo, 一座山, golden hour, 水面"
            })
    void aTextWithoutAMarkIsConvertedWhenItIsSure(String charset, String text) {
        assertThat(TextEncoding.decode(text.getBytes(Charset.forName(charset)))).contains(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "EUC-KR|빨간 사각형",
                "EUC-KR|바다 위의 배",
                "EUC-KR|고양이가 풀밭에 앉아 있다",
                "Shift_JIS|赤い四角",
                "Shift_JIS|海の上の船、夕方",
                "EUC-JP|海の上の船",
                "Big5|一隻貓在草地上",
                "Big5|紅色的方塊在白色背景上",
                "windows-1251|красный квадрат",
                "KOI8-R|красный квадрат на белом",
                "KOI8-R|мама мыла раму",
                "ISO-8859-2|żółty kwadrat na białym tle",
                "windows-1253|κόκκινο τετράγωνο"
            })
    void otherEncodingsAreNotGuessed(String charset, String text) {
        assertThat(TextEncoding.decode(text.getBytes(Charset.forName(charset)))).isEmpty();
    }

    @Test
    void noiseIsNoText() {
        Random random = new Random(5);
        for (int i = 0; i < 500; i++) {
            byte[] noise = new byte[40];
            random.nextBytes(noise);
            assertThat(TextEncoding.decode(noise)).as("noise %d", i).isEmpty();
        }
    }

    @Test
    void captionsOfAFolderAreConvertedOrLeftOutWithTheReason() throws IOException {
        caption("a.txt", "\uFEFFun café".getBytes(StandardCharsets.UTF_16LE));
        caption("b.TXT", "红色方块".getBytes("GB18030"));
        caption("c.caption", "un café\r\nbleu\r\n".getBytes(StandardCharsets.ISO_8859_1));
        caption("d.Caption", "빨간 사각형".getBytes("EUC-KR"));

        PictureDataset data = PictureDataset.open(folder, "");

        assertThat(data.entries())
                .extracting(CaptionedPicture::caption)
                .containsExactly("un café", "红色方块", "un café bleu");
        assertThat(data.skipped().lines())
                .containsExactly("1 with text in an encoding that is not sure: d.png (" + NOT_SURE + ")");
    }

    @Test
    void picturesThatAreNotReadAndCaptionsAloneAreCountedByName() throws IOException {
        caption("a.txt", "red".getBytes(StandardCharsets.UTF_8));
        Files.write(folder.resolve("b.heic"), box("ftypheic"));
        Files.writeString(folder.resolve("b.txt"), "a phone's picture");
        Files.write(folder.resolve("c.AVIF"), box("ftypavif"));
        Files.write(folder.resolve("d.heic"), PictureFiles.png(Color.BLUE, 8, 8));
        Files.writeString(folder.resolve("d.txt"), "a PNG under a wrong name");
        Files.writeString(folder.resolve("alone.txt"), "nothing beside it");
        Files.writeString(folder.resolve("e.txt"), "nothing beside it");
        Files.write(folder.resolve("f.png"), PictureFiles.png(Color.BLUE, 8, 8));
        Files.write(folder.resolve("g.svg"), "<svg/>".getBytes(StandardCharsets.UTF_8));

        PictureDataset data = PictureDataset.open(folder, "");

        assertThat(data.entries())
                .extracting(CaptionedPicture::caption)
                .containsExactly("red", "a PNG under a wrong name");
        String read = " is not supported; PNG, JPEG, WebP, BMP, TIFF, GIF are";
        assertThat(data.skipped().lines())
                .containsExactlyInAnyOrder(
                        "1 without a caption: f.png",
                        "2 missing: alone.txt (no picture of that name), e.txt (no picture of that name)",
                        "3 in no known picture format: b.heic (HEIC" + read + "), c.AVIF (AVIF" + read + "), g.svg (SVG"
                                + read + ")");
    }

    @Test
    void aCaptionInTxtComesBeforeOneInCaption() throws IOException {
        caption("a.txt", "first".getBytes(StandardCharsets.UTF_8));
        Files.writeString(folder.resolve("a.caption"), "second");

        assertThat(PictureDataset.open(folder, "").entries())
                .extracting(CaptionedPicture::caption)
                .containsExactly("first");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
    void aListMayBeginWithAMark(String charset) throws IOException {
        Files.write(folder.resolve("a.png"), PictureFiles.png(Color.RED, 8, 8));
        String lines = "\uFEFF{\"image\": \"a.png\", \"caption\": \"un café\"}\r\n\r\n"
                + "{\"image\": \"a.png\", \"caption\": \"红色方块\"}\r\n{\"image\": 7}";
        Files.write(folder.resolve("Metadata.JSONL"), lines.getBytes(Charset.forName(charset)));

        PictureDataset data = PictureDataset.open(folder, "");

        assertThat(data.entries()).extracting(CaptionedPicture::caption).containsExactly("un café", "红色方块");
        assertThat(data.skipped().lines())
                .containsExactly("1 not understood: Metadata.JSONL line 4 (image: expected a text)");
    }

    @Test
    void everyLineOfAListIsConvertedByItself() throws IOException {
        Files.write(folder.resolve("a.png"), PictureFiles.png(Color.RED, 8, 8));
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        lines.writeBytes("{\"image\": \"a.png\", \"caption\": \"un café\"}\n".getBytes(StandardCharsets.ISO_8859_1));
        lines.writeBytes("{\"image\": \"a.png\", \"caption\": \"红色方块\"}\n".getBytes("GB18030"));
        lines.writeBytes("{\"image\": \"a.png\", \"caption\": \"빨간 사각형\"}\n".getBytes("EUC-KR"));
        lines.writeBytes("{\"image\": \"a.heic\", \"caption\": \"missing\"}\n".getBytes(StandardCharsets.UTF_8));
        Files.write(folder.resolve("list.jsonl"), lines.toByteArray());

        PictureDataset data = PictureDataset.open(folder, "");

        assertThat(data.entries()).extracting(CaptionedPicture::caption).containsExactly("un café", "红色方块");
        assertThat(data.skipped().lines())
                .containsExactly(
                        "1 with text in an encoding that is not sure: list.jsonl line 3 (" + NOT_SURE + ")",
                        "1 missing: list.jsonl line 4 (a.heic)");
    }

    @Test
    void shardsAreTreatedAlike() throws IOException, SkippedException {
        Path shard = folder.resolve("S.TAR");
        try (TarArchiveOutputStream out = new TarArchiveOutputStream(Files.newOutputStream(shard))) {
            member(out, "1.PNG", PictureFiles.png(Color.RED, 8, 8));
            member(out, "1.TXT", "红色方块".getBytes("GB18030"));
            member(out, "2.png", PictureFiles.png(Color.RED, 8, 8));
            member(out, "2.caption", "\uFEFFun café".getBytes(StandardCharsets.UTF_16BE));
            member(out, "3.heic", box("ftypheic"));
            member(out, "3.txt", "a phone's picture".getBytes(StandardCharsets.UTF_8));
            member(out, "4.txt", "alone".getBytes(StandardCharsets.UTF_8));
            member(out, "5.heif", PictureFiles.png(Color.BLUE, 30, 8));
            member(out, "5.json", "\uFEFF{\"caption\": \"a PNG\"}".getBytes(StandardCharsets.UTF_8));
            member(out, "6.png", PictureFiles.png(Color.RED, 8, 8));
        }

        PictureDataset data = PictureDataset.open(folder, "");

        assertThat(data.entries()).extracting(CaptionedPicture::caption).containsExactly("红色方块", "un café", "a PNG");
        assertThat(data.entries().getLast().picture().read().width()).isEqualTo(30);
        assertThat(data.skipped().lines())
                .containsExactlyInAnyOrder(
                        "1 without a caption: S.TAR: 6",
                        "1 missing: S.TAR: 4 (no picture of that name)",
                        "1 in no known picture format: S.TAR: 3 (HEIC is not supported;"
                                + " PNG, JPEG, WebP, BMP, TIFF, GIF are)");
    }

    /** A caption and the picture that it belongs to. */
    private void caption(String name, byte[] text) throws IOException {
        Files.write(folder.resolve(name), text);
        Files.write(folder.resolve(name.substring(0, name.indexOf('.')) + ".png"), PictureFiles.png(Color.RED, 8, 8));
    }

    private static byte[] box(String kind) {
        byte[] out = new byte[32];
        out[3] = 24;
        byte[] name = kind.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(name, 0, out, 4, name.length);
        return out;
    }

    private static void member(TarArchiveOutputStream out, String name, byte[] content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        out.putArchiveEntry(entry);
        out.write(content);
        out.closeArchiveEntry();
    }
}
