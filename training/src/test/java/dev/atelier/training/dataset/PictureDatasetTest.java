package dev.atelier.training.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureDatasetTest {
    @TempDir
    private Path temporary;

    private Path folder;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectory(temporary.resolve("data"));
    }

    @Test
    void aFolderGivesEachPictureTheTextBesideIt() throws IOException {
        PictureFiles.captioned(folder, "b", Color.RED, "\uFEFF a red\n square ");
        PictureFiles.captioned(folder.resolve("more"), "a", Color.BLUE, "a blue square");
        Files.writeString(folder.resolve("notes.md"), "no picture");
        PictureFiles.captioned(folder, ".hidden", Color.BLUE, "left by an editor");

        PictureDataset data = PictureDataset.open(folder, "");

        assertThat(data.entries())
                .extracting(CaptionedPicture::name, CaptionedPicture::caption)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("b.png", "a red square"),
                        org.assertj.core.groups.Tuple.tuple("more/a.png", "a blue square"));
        assertThat(data.skipped().total()).isZero();
    }

    @Test
    void picturesWithoutWordsAreLeftOutAndCountedUnlessWordsAreGivenForThem() throws IOException {
        PictureFiles.captioned(folder, "a", Color.RED, "red");
        Files.write(folder.resolve("b.png"), PictureFiles.png(Color.RED, 8, 8));
        PictureFiles.captioned(folder, "c", Color.RED, " ");

        PictureDataset data = PictureDataset.open(folder, "");
        assertThat(data.entries()).hasSize(1);
        assertThat(data.skipped().count(SkipReason.NO_CAPTION)).isEqualTo(2);
        assertThat(data.skipped().lines()).containsExactly("2 without a caption: b.png, c.png");

        assertThat(PictureDataset.open(folder, "a square").entries())
                .extracting(CaptionedPicture::caption)
                .containsExactly("red", "a square", "a square");
    }

    @Test
    void aCaptionBeyondTheBoundIsLeftOut() throws IOException {
        PictureFiles.captioned(folder, "a", Color.RED, "red");
        PictureFiles.captioned(folder, "b", Color.RED, "x".repeat(8_001));
        PictureFiles.captioned(folder, "c", Color.RED, "x".repeat(200_000));

        PictureDataset data = PictureDataset.open(folder, "");

        assertThat(data.entries()).hasSize(1);
        assertThat(data.skipped().lines())
                .containsExactly("2 with a caption that is too long: b.png (8001 characters; at most 8000 are read),"
                        + " c.png (200000 characters; at most 8000 are read)");
    }

    @Test
    void jsonLinesNamePicturesCaptionsAndReferences() throws IOException {
        PictureFiles.captioned(folder, "a", Color.RED, "ignored");
        PictureFiles.captioned(folder, "b", Color.BLUE, "ignored");
        Files.writeString(folder.resolve("metadata.jsonl"), """
                {"image": "a.png", "caption": "make it red", "references": ["b.png"]}

                {"file_name": "b.png", "text": "blue"}
                """);

        PictureDataset data = PictureDataset.open(folder, "");

        assertThat(data.entries()).extracting(CaptionedPicture::caption).containsExactly("make it red", "blue");
        assertThat(data.entries().getFirst().references())
                .extracting(PictureSource::name)
                .containsExactly("b.png");
        assertThat(PictureDataset.open(folder.resolve("metadata.jsonl"), "").entries())
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../outside.png", "more/../../outside.png", "/OUTSIDE", "link.png", "linked/outside.png"})
    void aNameInAListNeverLeadsOutOfTheFolder(String name) throws IOException {
        PictureFiles.captioned(folder, "a", Color.RED, "red");
        Path outside = temporary.resolve("outside.png");
        Files.write(outside, PictureFiles.png(Color.RED, 8, 8));
        Files.createSymbolicLink(folder.resolve("link.png"), outside);
        Files.createSymbolicLink(folder.resolve("linked"), temporary);
        String wanted = name.replace("/OUTSIDE", outside.toString());
        Files.writeString(folder.resolve("list.jsonl"), """
                {"image": "a.png", "caption": "red"}
                {"image": "%1$s", "caption": "stolen"}
                {"image": "a.png", "caption": "stolen", "references": ["%1$s"]}
                """.formatted(wanted));

        PictureDataset data = PictureDataset.open(folder, "");

        assertThat(data.entries()).extracting(CaptionedPicture::caption).containsExactly("red");
        assertThat(data.skipped().count(SkipReason.OUTSIDE)).isEqualTo(2);
    }

    @Test
    void badLinesAreCountedWithTheirNumberAndReason() throws IOException {
        PictureFiles.captioned(folder, "a", Color.RED, "red");
        String references = String.join(", ", java.util.Collections.nCopies(15, "\"a.png\""));
        Files.writeString(folder.resolve("list.jsonl"), """
                {"image": "a.png", "caption": "red"}
                {"image": "a.png"
                [1, 2]
                {"caption": "no picture"}
                {"image": "a.png", "caption": 7}
                {"image": "a.png", "caption": "x", "references": "a.png"}
                {"image": "nowhere.png", "caption": "x"}
                {"image": "a\\u0000.png", "caption": "x"}
                {"image": "a.png", "caption": "x", "references": [%s]}
                """.formatted(references));

        PictureDataset data = PictureDataset.open(folder, "");

        assertThat(data.entries()).hasSize(1);
        assertThat(data.skipped().count(SkipReason.BAD_ENTRY)).isEqualTo(6);
        assertThat(data.skipped().count(SkipReason.MISSING)).isEqualTo(1);
        assertThat(data.skipped().count(SkipReason.TOO_MANY_REFERENCES)).isEqualTo(1);
        assertThat(data.skipped().lines())
                .anyMatch(line -> line.startsWith("6 not understood: list.jsonl line 2 (no valid JSON"))
                .contains("1 missing: list.jsonl line 7 (nowhere.png)");
    }

    @Test
    void shardsAreReadInPlace() throws IOException, SkippedException {
        Map<String, byte[]> members = new LinkedHashMap<>();
        members.put("x/0001.png", PictureFiles.png(Color.RED, 40, 30));
        members.put("x/0001.txt", "red".getBytes(StandardCharsets.UTF_8));
        members.put("x/0002.json", "{\"caption\": \"make it blue\"}".getBytes(StandardCharsets.UTF_8));
        members.put("x/0002.ref1.png", PictureFiles.png(Color.GREEN, 10, 20));
        members.put("x/0002.ref0.png", PictureFiles.png(Color.YELLOW, 30, 20));
        members.put("x/0002.png", PictureFiles.png(Color.BLUE, 50, 20));
        members.put("x/0003.txt", "no picture".getBytes(StandardCharsets.UTF_8));
        members.put("x/0004.cls", "7".getBytes(StandardCharsets.UTF_8));
        tar(folder.resolve("shard-0.tar"), members);

        PictureDataset data = PictureDataset.open(folder, "");

        assertThat(data.entries()).extracting(CaptionedPicture::caption).containsExactly("red", "make it blue");
        CaptionedPicture second = data.entries().get(1);
        assertThat(second.picture().read().width()).isEqualTo(50);
        assertThat(second.references()).extracting(r -> r.read().width()).containsExactly(30, 10);
        assertThat(data.skipped().lines()).containsExactly("1 missing: shard-0.tar: x/0003 (no picture of that name)");
    }

    @Test
    void aShardThatIsCutOffGivesWhatStandsBeforeTheCut() throws IOException {
        Map<String, byte[]> members = new LinkedHashMap<>();
        members.put("1.png", PictureFiles.png(Color.RED, 40, 30));
        members.put("1.txt", "red".getBytes(StandardCharsets.UTF_8));
        members.put("2.txt", "blue".getBytes(StandardCharsets.UTF_8));
        members.put("2.png", noise(200_000));
        Path shard = folder.resolve("shard.tar");
        tar(shard, members);
        Files.write(shard, Arrays.copyOf(Files.readAllBytes(shard), 50_000));

        PictureDataset data = PictureDataset.open(shard, "");

        assertThat(data.entries().getFirst().caption()).isEqualTo("red");
        CaptionedPicture cut = data.entries().getLast();
        assertThatThrownBy(() -> cut.picture().read())
                .isInstanceOf(SkippedException.class)
                .extracting(e -> ((SkippedException) e).reason())
                .isEqualTo(SkipReason.UNREADABLE);
        assertThat(data.skipped().count(SkipReason.UNREADABLE)).isEqualTo(1);
    }

    @Test
    void noiseInsteadOfAShardIsNoDataset() throws IOException {
        Path shard = folder.resolve("shard.tar");
        Files.write(shard, noise(5_000));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> PictureDataset.open(shard, ""))
                .withMessageContaining("shard.tar")
                .withMessageContaining("unreadable");
    }

    @Test
    void damagedAndForeignFilesAreToldApart() throws IOException {
        PictureFiles.captioned(folder, "a", Color.RED, "red");
        byte[] png = PictureFiles.png(Color.RED, 64, 64);
        Files.write(folder.resolve("a.png"), Arrays.copyOf(png, png.length / 2));
        PictureFiles.captioned(folder, "b", Color.RED, "text");
        Files.writeString(folder.resolve("b.png"), "this is no picture at all");
        PictureFiles.captioned(folder, "c", Color.RED, "huge");
        Files.write(folder.resolve("c.png"), hugeHeader());

        PictureDataset data = PictureDataset.open(folder, "");

        assertThat(data.entries())
                .extracting(PictureDatasetTest::reason)
                .containsExactly(SkipReason.BROKEN, SkipReason.NOT_A_PICTURE, SkipReason.TOO_LARGE);
    }

    @Test
    void whatCannotBeADatasetIsRefusedByName() throws IOException {
        Path text = Files.writeString(folder.resolve("data.csv"), "a,b");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PictureDataset.open(text, ""))
                .withMessageContaining("data.csv is no folder, .jsonl file or .tar shard");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PictureDataset.open(folder.resolve("nowhere"), ""))
                .withMessageContaining("no such folder or file");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PictureDataset.open(folder, ""))
                .withMessageContaining("no picture with a caption");
    }

    private static SkipReason reason(CaptionedPicture entry) {
        try {
            entry.picture().read();
            return null;
        } catch (SkippedException e) {
            return e.reason();
        }
    }

    /** The header of a PNG of 100,000 x 100,000 pixels. */
    private static byte[] hugeHeader() {
        byte[] png = PictureFiles.png(Color.RED, 64, 64);
        for (int at : new int[] {16, 20}) {
            png[at] = 0;
            png[at + 1] = 1;
            png[at + 2] = (byte) 0x86;
            png[at + 3] = (byte) 0xa0;
        }
        java.util.zip.CRC32 crc = new java.util.zip.CRC32();
        crc.update(png, 12, 17);
        java.nio.ByteBuffer.wrap(png).putInt(29, (int) crc.getValue());
        return png;
    }

    private static byte[] noise(int bytes) {
        byte[] out = new byte[bytes];
        new java.util.Random(3).nextBytes(out);
        return out;
    }

    private static void tar(Path file, Map<String, byte[]> members) throws IOException {
        try (TarArchiveOutputStream out = new TarArchiveOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> member : members.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(member.getKey());
                entry.setSize(member.getValue().length);
                out.putArchiveEntry(entry);
                out.write(member.getValue());
                out.closeArchiveEntry();
            }
        }
    }
}
