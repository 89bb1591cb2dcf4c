package dev.atelier.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** As a build runs it: record once, then compare. */
class StoredPicturesTest {
    private static final Path FOLDER = Path.of("target/stored-pictures-test");
    private static final Path STORED = FOLDER.resolve("pictures/StoredPicturesTest$Drawing/aFox.png");

    private static int colour = 0xd03020;

    @StoredPictures(folder = "target/stored-pictures-test/pictures", reports = "target/stored-pictures-test/reports")
    static class Drawing {
        @Test
        void aFox(PictureCheck pictures) throws IOException {
            BufferedImage drawn = PictureDifferenceTest.plain(32, 32, colour);
            ByteArrayOutputStream png = new ByteArrayOutputStream();
            ImageIO.write(drawn, "png", png);
            pictures.matches(png.toByteArray());
        }
    }

    @AfterEach
    void remove() throws IOException {
        colour = 0xd03020;
        if (Files.exists(FOLDER)) {
            try (Stream<Path> files = Files.walk(FOLDER)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        }
    }

    private static TestExecutionSummary run(boolean record) {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(Drawing.class))
                                .configurationParameter("atelier.junit.record", String.valueOf(record))
                                .build(),
                        listener);
        return listener.getSummary();
    }

    @Test
    void recordThenCompareThenFail() {
        TestExecutionSummary missing = run(false);
        assertThat(missing.getTestsFailedCount()).isEqualTo(1);
        assertThat(missing.getFailures().getFirst().getException()).hasMessageContaining("no picture is stored");
        assertThat(run(true).getTestsSucceededCount()).isEqualTo(1);
        assertThat(STORED).exists();
        assertThat(run(false).getTestsSucceededCount()).isEqualTo(1);
        colour = 0x2030d0;
        TestExecutionSummary other = run(false);
        assertThat(other.getTestsFailedCount()).isEqualTo(1);
        assertThat(other.getFailures().getFirst().getException())
                .hasMessageContaining("the picture differs")
                .hasMessageContaining("target/stored-pictures-test/reports/StoredPicturesTest$Drawing/aFox.png");
    }
}
