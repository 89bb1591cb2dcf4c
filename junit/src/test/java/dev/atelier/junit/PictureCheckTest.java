package dev.atelier.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.atelier.api.ImageView;
import dev.atelier.api.PredictionView;
import dev.atelier.client.ImageOrder;
import dev.atelier.client.ImageService;
import dev.atelier.client.PredictionEvent;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.AssertionFailedError;

class PictureCheckTest {
    private static final int RED = 0xd03020;

    @TempDir
    private Path folder;

    private final PictureCheck.Recorded recorded = new PictureCheck.Recorded();
    private Path pictures;
    private Path reports;

    @BeforeEach
    void folders() {
        pictures = folder.resolve("pictures");
        reports = folder.resolve("reports");
    }

    private PictureCheck comparing() {
        return check(null);
    }

    private PictureCheck recording() {
        return check(recorded);
    }

    private PictureCheck check(PictureCheck.Recorded record) {
        return new PictureCheck(
                new PictureCheck.Place(pictures, reports), new PictureCheck.Bounds(0.95, 3), "fox", record);
    }

    private static byte[] png(BufferedImage image) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }

    private static byte[] plain(int rgb) {
        return png(PictureDifferenceTest.plain(32, 32, rgb));
    }

    @Test
    void whatIsStoredMatchesAndSoDoesWhatTheEyeDoesNotTellApart() {
        byte[] red = plain(RED);
        recording().matches(red);
        assertThat(pictures.resolve("fox.png")).hasBinaryContent(red);
        comparing().matches(red);
        comparing().matches(plain(RED + 0x010001));
        assertThat(reports).doesNotExist();
    }

    @Test
    void anotherPictureFailsAndLeavesAReport() throws IOException {
        recording().matches(plain(RED));
        assertThatExceptionOfType(AssertionFailedError.class)
                .isThrownBy(() -> comparing().matches(plain(0x2030d0)))
                .withMessageContaining("fox.png: the picture differs: SSIM ")
                .withMessageContaining("(at least 0.95 is needed), CIEDE2000 ")
                .withMessageContaining("around (8, 8) (at most 3.0 is allowed)")
                .withMessageEndingWith("Stored, drawn and difference: " + reports.resolve("fox.png"));
        BufferedImage sheet = ImageIO.read(reports.resolve("fox.png").toFile());
        assertThat(sheet.getWidth()).isEqualTo(3 * 32 + 2 * 8);
        assertThat(sheet.getRGB(16, 16) & 0xffffff).isEqualTo(RED);
        assertThat(sheet.getRGB(40 + 16, 16) & 0xffffff).isEqualTo(0x2030d0);
        assertThat(sheet.getRGB(80 + 16, 16) & 0xffffff).isEqualTo(0xff0000);
        assertThat(reports.resolve("fox-stored.png")).exists();
        assertThat(reports.resolve("fox-drawn.png")).exists();
        assertThat(reports.resolve("fox-difference.png")).exists();
        comparing().matches(plain(RED));
        assertThat(reports).isEmptyDirectory();
    }

    @Test
    void aMissingPictureFailsAndSaysHowToStoreIt() {
        assertThatExceptionOfType(AssertionFailedError.class)
                .isThrownBy(() -> comparing().matches(plain(RED)))
                .withMessage(pictures.resolve("fox.png") + ": no picture is stored. What was drawn is in "
                        + reports.resolve("fox-drawn.png")
                        + "; look at it, then store it with -Datelier.junit.record=true");
        assertThat(pictures).doesNotExist();
    }

    @Test
    void anotherSizeFails() {
        recording().matches(plain(RED));
        assertThatExceptionOfType(AssertionFailedError.class)
                .isThrownBy(() -> comparing().matches(png(PictureDifferenceTest.plain(32, 48, RED))))
                .withMessageContaining("fox.png: 32x48 was drawn, 32x32 is stored.");
    }

    @Test
    void namesAreCheckedAndUsedOnce() {
        PictureCheck check = recording();
        check.matches("a", plain(RED));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.matches("A", plain(RED)))
                .withMessage("name: 'A' is used twice in this test; each picture needs its own");
        assertThatIllegalArgumentException().isThrownBy(() -> check.matches("../a", plain(RED)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.matches("b", new byte[] {1, 2, 3}))
                .withMessageStartingWith("picture: is in none of the formats ");
        recording().matches("a", plain(RED));
        assertThatExceptionOfType(AssertionFailedError.class)
                .isThrownBy(() -> recording().matches("a", plain(0)))
                .withMessageEndingWith(
                        "a.png: this run has stored another picture under this name; give each a name of its own");
    }

    @Test
    void otherFormatsAreStoredAsPng() throws IOException {
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        ImageIO.write(PictureDifferenceTest.plain(32, 32, RED), "jpeg", jpeg);
        recording().matches(jpeg.toByteArray());
        assertThat(Files.readAllBytes(pictures.resolve("fox.png"))).startsWith(0x89, 'P', 'N', 'G');
        comparing().matches(plain(RED));
    }

    @Test
    void ordersAreDrawnWithAFixedSeedAndEveryPictureIsCompared() {
        ImageService service = new ImageService() {
            @Override
            public PredictionView draw(ImageOrder order, Consumer<PredictionEvent> listener) {
                return prediction(List.of("one", "two"));
            }

            @Override
            public byte[] download(String output) {
                return Map.of("one", plain(RED), "two", plain(0)).get(output);
            }

            @Override
            public void close() {}
        };
        ImageOrder order = ImageOrder.of("a story").seed(7).sequence(2).build();
        recording().draws(service, order);
        assertThat(pictures.resolve("fox-1.png")).hasBinaryContent(plain(RED));
        assertThat(pictures.resolve("fox-2.png")).hasBinaryContent(plain(0));
        comparing().draws(service, order);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> comparing().draws(service, ImageOrder.of("a").build()))
                .withMessage("seed: null is not fixed; each run would draw another picture");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        comparing().draws(service, ImageOrder.of("a").seed(-1).build()))
                .withMessage("seed: -1 is not fixed; each run would draw another picture");
    }

    @Test
    void aPictureOfSeveralThatWasNotMadeFails() {
        ImageService service = new ImageService() {
            @Override
            public PredictionView draw(ImageOrder order, Consumer<PredictionEvent> listener) {
                return prediction(List.of("one"), List.of(ImageView.failed(1, 8, "a", "out of memory")));
            }

            @Override
            public byte[] download(String output) {
                return plain(RED);
            }

            @Override
            public void close() {}
        };
        assertThatExceptionOfType(AssertionFailedError.class)
                .isThrownBy(() -> recording()
                        .draws(service, ImageOrder.of("a").seed(7).images(2).build()))
                .withMessage("fox: image 2 was not made: out of memory");
        assertThat(pictures).doesNotExist();
    }

    private static PredictionView prediction(List<String> outputs) {
        return prediction(outputs, List.of());
    }

    private static PredictionView prediction(List<String> outputs, List<ImageView> images) {
        return new PredictionView(
                "pred_1",
                "m",
                "m",
                PredictionView.Status.COMPLETED,
                PredictionView.State.COMPLETED,
                outputs,
                images,
                "",
                null,
                new PredictionView.Metrics(0.0, 0.0),
                1,
                7,
                "",
                List.of(),
                List.of(),
                Instant.EPOCH,
                "",
                "",
                null,
                null);
    }
}
